import { readFileSync } from 'node:fs';
import { fail } from '@archon-dse/core';
import type { BadLine } from './sound-record.js';

const NEWLINE = 10;

/** Refuses a line of a result file, by its number. @throws ArchonError ARCHON_JOURNAL_CORRUPT */
export function refuseLine(file: string, offset: number, { found, ...rest }: BadLine): never {
  const bytes = readFileSync(file);
  const before = bytes.subarray(0, offset);
  let line = 1;
  for (let at = before.indexOf(NEWLINE); at >= 0; at = before.indexOf(NEWLINE, at + 1)) line += 1;
  const end = bytes.indexOf(NEWLINE, offset);
  const length = Math.max(1, bytes.subarray(offset, end < 0 ? undefined : end).toString().length);
  return fail({
    code: 'ARCHON_JOURNAL_CORRUPT',
    message: `${file}:${String(line)}: ${found}`,
    ...rest,
    location: { file, line, column: 1, length },
  });
}

/** What to do about the lines of a block that cannot be read. */
export function removeBlock(block: number): string {
  return `Remove all lines with "block":${String(block)}, to evaluate their points again.`;
}
