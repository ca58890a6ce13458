import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { attemptFile } from '@archon-dse/core';

/**
 * Writes a file part by part; it has its name once it is whole. Memory stays that of a part.
 *
 * @throws ArchonError ARCHON_FILE_REFUSED, ARCHON_DISK_FULL; then no file is left
 */
export function writeOut(path: string, parts: Iterable<string | Uint8Array>): void {
  const partial = `${path}.${String(process.pid)}.partial`;
  const refused = { path, doing: 'written' } as const;
  const descriptor = attemptFile(refused, () => openSync(partial, 'wx'));
  try {
    for (const part of parts) attemptFile(refused, () => writeWhole(descriptor, part));
    closeSync(descriptor);
    attemptFile(refused, () => renameSync(partial, path));
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function writeWhole(descriptor: number, part: string | Uint8Array): void {
  const bytes = typeof part === 'string' ? Buffer.from(part) : part;
  for (let from = 0; from < bytes.length;) from += writeSync(descriptor, bytes, from);
}
