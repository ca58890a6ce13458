import { readSync } from 'node:fs';
import { attemptFile } from '@archon-dse/core';
import { isChecked } from './check.js';
import { refuseLine, removeBlock } from './corrupt.js';
import type { OpenFiles } from './open-files.js';
import { readPlainLine } from './plain-line.js';
import type { Entry } from './record-index.js';
import { BEGINNING, FORMAT, readStart } from './record-line.js';
import { REMOVE } from './sound-record.js';

const CHUNK_BYTES = 2 ** 22;
const NEWLINE = 10;
const ANY_FORMAT = '{"format":';
const UNKNOWN_FORMAT = {
  found: 'its format is not known',
  expected: 'results of this version or an earlier one',
  hint: 'Use another out directory for this version.',
};

/** Where a line is. */
interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A result file, read as far as its lines are whole. A last line without its newline is being written, or its writer was killed. */
export class ResultFile {
  readonly path: string;
  private readonly number: number;
  private readonly blocks = new Map<number, Span>();
  private readonly open: OpenFiles;
  private end = 0;

  /** @param number - in entries */
  constructor(path: string, number: number, open: OpenFiles) {
    this.path = path;
    this.number = number;
    this.open = open;
  }

  /**
   * Reads on where the last time ended. Of most lines only the beginning and the check are looked at.
   *
   * @throws ArchonError ARCHON_JOURNAL_CORRUPT for a whole line that is none of ours, ARCHON_FILE_REFUSED
   */
  scan(found: (entry: Entry) => void): void {
    let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let filled = 0;
    for (;;) {
      const read = this.readInto(buffer, filled);
      if (read === 0) return;
      const bytes = buffer.subarray(0, filled + read);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE, filled); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        this.take(bytes.subarray(start, end), this.end + start, found);
        start = end + 1;
      }
      this.end += start;
      filled = bytes.copy(buffer, 0, start);
      if (filled === buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
    }
  }

  private readInto(buffer: Buffer, filled: number): number {
    return this.attempt((descriptor) =>
      readSync(descriptor, buffer, filled, buffer.length - filled, this.end + filled),
    );
  }

  private take(line: Buffer, offset: number, found: (entry: Entry) => void): void {
    const { length } = line;
    const beginning = line.toString('latin1', 0, BEGINNING);
    if (!beginning.startsWith(FORMAT)) {
      if (beginning.startsWith(ANY_FORMAT)) refuseLine(this.path, offset, UNKNOWN_FORMAT);
      const record = readPlainLine(line.toString());
      if ('found' in record) refuseLine(this.path, offset, record);
      return found({ pointId: record.pointId, isOk: record.status === 'ok', file: this.number, offset, length });
    }
    const start = readStart(beginning);
    if (start === undefined || !isChecked(line)) {
      const hint = start === undefined ? REMOVE : removeBlock(start.block);
      refuseLine(this.path, offset, { found: 'the line was changed', expected: 'the line as it was written', hint });
    }
    if (start.kind === 'block') return void this.blocks.set(start.block, { offset, length });
    if (!this.blocks.has(start.block)) this.refuseWithoutBlock(offset, start.block);
    found({ pointId: start.pointId, isOk: start.isOk, file: this.number, offset, length });
  }

  private refuseWithoutBlock(offset: number, block: number): never {
    return refuseLine(this.path, offset, {
      found: `block ${String(block)}, which holds a part of the record, is not there`,
      expected: 'a block before its records',
      hint: removeBlock(block),
    });
  }

  /** The text of a line. */
  read({ offset, length }: Span): string {
    const buffer = Buffer.allocUnsafe(length);
    this.attempt((descriptor) => readSync(descriptor, buffer, 0, length, offset));
    return buffer.toString();
  }

  /** The text of a block's line. */
  readBlock(block: number): string {
    return this.read(this.blocks.get(block) ?? { offset: 0, length: 0 });
  }

  private attempt<T>(act: (descriptor: number) => T): T {
    const { path } = this;
    return attemptFile({ path, doing: 'read', expected: 'results of a sweep' }, () => act(this.open.descriptor(path)));
  }
}
