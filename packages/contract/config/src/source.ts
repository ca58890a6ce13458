import type { SourceLocation } from '@archon-dse/core';

/** A piece of a text, as offsets of UTF-16 units: `start` inclusive, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const LINES_BEFORE = 2;
const LINES_AFTER = 1;
/** Columns of a frame, and how many of them stay before the caret when a longer line is cut. */
const WIDEST = 110;
const CONTEXT = 30;

/** A file's text, with the way from offsets to lines, columns and frames. */
export class Source {
  readonly file: string;
  readonly text: string;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** The first line of a span; what lies behind the last word of the file is moved to the end of that word. */
  locate(span: Span): SourceLocation {
    const start = Math.min(span.start, this.text.trimEnd().length);
    const firstLine = /^[^\r\n]*/.exec(this.text.slice(start, span.end))?.[0].trimEnd() ?? '';
    const before = this.text.slice(0, start).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return { file: this.file, line: before.length, column, length: Math.max(1, firstLine.length) };
  }

  /** The line of a location between its neighbours, with carets below it. */
  frame({ line, column, length }: SourceLocation): string {
    const lines = this.text.split('\n');
    const from = Math.max(1, line - LINES_BEFORE);
    const to = Math.min(lines.length, line + LINES_AFTER);
    const width = String(to).length;
    const skip = column + Math.min(length, WIDEST) <= WIDEST ? 0 : Math.max(0, column - 1 - CONTEXT);
    const rows: string[] = [];
    for (let number = from; number <= to; number++) {
      const text = printable(lines[number - 1] ?? '');
      if (number === to && number > line && text === '') break;
      rows.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${clip(text, skip)}`.trimEnd());
      const blanks = column - 1 - skip;
      const carets = '^'.repeat(Math.min(length, WIDEST - blanks));
      if (number === line) rows.push(`  ${' '.repeat(width)} | ${' '.repeat(blanks)}${carets}`);
    }
    return rows.join('\n');
  }
}

/** Tabs and control characters as single blanks, so that carets stay in line and nothing reaches the terminal. */
function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ').trimEnd();
}

/** The columns of a line that a frame shows, with an ellipsis where it goes on. */
function clip(line: string, skip: number): string {
  const shown = line.slice(skip, skip + WIDEST);
  const start = skip > 0 && shown !== '' ? `…${shown.slice(1)}` : shown;
  return line.length > skip + WIDEST ? `${start.slice(0, -1)}…` : start;
}
