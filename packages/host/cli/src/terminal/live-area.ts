import type { WriteStream } from 'node:tty';

/**
 * Lines at the end of a terminal that are drawn again in place. Each takes one row: whoever draws cuts them to {@link columns}. Rows are
 * counted anew at the present width before they are erased, since terminals wrap what they hold when they get narrower.
 */
export class LiveArea {
  private readonly stream: WriteStream;
  private lines: readonly string[] = [];
  private isDrawn = false;

  constructor(stream: WriteStream) {
    this.stream = stream;
    stream.on('resize', () => this.draw(this.lines));
  }

  get columns(): number {
    return this.stream.columns > 0 ? this.stream.columns : 80;
  }

  draw(lines: readonly string[]): void {
    const before = this.eraser();
    const rows = this.stream.rows > 1 ? this.stream.rows - 1 : 1;
    this.lines = lines.slice(0, rows).map((line) => line.slice(0, this.columns - 1));
    this.isDrawn = this.lines.length > 0;
    const text = before + this.lines.map((line) => `${line}\n`).join('');
    if (text !== '') this.stream.write(text);
  }

  /** Writes where the lines are, which move down. */
  interrupt(write: () => void): void {
    const { lines } = this;
    this.draw([]);
    write();
    this.draw(lines);
  }

  /** Leaves the lines for good where they are. */
  keep(): void {
    this.lines = [];
    this.isDrawn = false;
  }

  private eraser(): string {
    if (!this.isDrawn) return '';
    const rows = this.lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / this.columns)), 0);
    return `\u001b[${String(rows)}A\r\u001b[J`;
  }
}
