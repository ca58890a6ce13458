import { createReadStream, statSync } from 'node:fs';
import { fail } from '../diagnostic.js';
import { attemptFile } from '../file-refusal.js';
import { readBytes } from './read-bytes.js';

/** Far more than people write: YAML of so many bytes takes seconds to read. */
const MOST_BYTES = 2 ** 20;

/**
 * The text of a file that people write. Pipes and devices are read like files, and no further than a file may go.
 *
 * @param expected - what the file is, for errors, e.g. `a sweep in YAML`
 * @throws ArchonError ARCHON_FILE_NOT_FOUND or ARCHON_FILE_REFUSED; ARCHON_YAML_SYNTAX for a text that is too long or not UTF-8
 */
export async function readText(path: string, expected: string): Promise<string> {
  const bytes = await attemptFile({ path, doing: 'read', expected }, () => readUpTo(path));
  return bytes === undefined ? tooLong(path, expected) : textOf(bytes, path, expected);
}

/**
 * The same at once. Pipes and devices are refused.
 *
 * @throws ArchonError as {@link readText}
 */
export function readTextNow(path: string, expected: string): string {
  const size = attemptFile({ path, doing: 'read', expected }, () => statSync(path).size);
  return size > MOST_BYTES ? tooLong(path, expected) : textOf(readBytes(path, expected), path, expected);
}

function tooLong(path: string, expected: string): never {
  return fail({
    code: 'ARCHON_YAML_SYNTAX',
    message: `"${path}" is longer than ${String(MOST_BYTES / 2 ** 20)} MiB`,
    expected: `${expected}, of at most ${String(MOST_BYTES / 2 ** 20)} MiB`,
  });
}

function textOf(bytes: Uint8Array, path: string, expected: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail({ code: 'ARCHON_YAML_SYNTAX', message: `"${path}" is not text in UTF-8`, expected });
  }
}

async function readUpTo(path: string): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
