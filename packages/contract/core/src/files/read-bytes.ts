import { readFileSync, statSync } from 'node:fs';
import { fail } from '../diagnostic.js';
import { attemptFile } from '../file-refusal.js';

/**
 * The bytes of a file. Pipes and devices, which may never end, are refused.
 *
 * @param expected - what the file is, for errors, e.g. `a checkpoint`
 * @throws ArchonError ARCHON_FILE_NOT_FOUND or ARCHON_FILE_REFUSED
 */
export function readBytes(path: string, expected: string): Buffer {
  return attemptFile({ path, doing: 'read', expected }, () => {
    const found = statSync(path);
    if (found.isFile() || found.isDirectory()) return readFileSync(path);
    return fail({
      code: 'ARCHON_FILE_REFUSED',
      message: `"${path}" cannot be read: it is a pipe or a device`,
      expected,
      hint: 'Name a file.',
    });
  });
}
