import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A line of a segment: check, digest of the key, value in JSON. A line that was cut short has no newline at its end; one that was damaged
 * has another check.
 */
const CHECK = 8;
const DIGEST = 32;
const VALUE = CHECK + 1 + DIGEST + 1;
const NEWLINE = 10;

/** Keys are long and many: 128 bits of their SHA-256 stand for them. */
export function digestOf(key: string): string {
  return hash('sha256', key, 'hex').slice(0, DIGEST);
}

export function lineOf(digest: string, json: string): string {
  const text = `${digest} ${json}`;
  return `${checkOf(text)} ${text}\n`;
}

/** The digests of whole lines in a part of a file and where they are, in bytes from its start; and how many bytes whole lines take. */
export function linesIn(bytes: Buffer): { readonly lines: readonly Place[]; readonly length: number } {
  const lines: Place[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const length = end - start;
    if (length > VALUE)
      lines.push({ digest: bytes.toString('latin1', start + CHECK + 1, start + VALUE - 1), start, length });
    start = end + 1;
  }
  return { lines, length: start };
}

interface Place {
  readonly digest: string;
  readonly start: number;
  readonly length: number;
}

/** The value of a line; nothing when it is damaged, or is that of another key. */
export function valueIn(line: Buffer, digest: string): string | undefined {
  const text = line.subarray(CHECK + 1);
  if (line.toString('latin1', 0, CHECK) !== checkOf(text) || text.toString('latin1', 0, DIGEST) !== digest)
    return undefined;
  return line.toString('utf8', VALUE);
}

function checkOf(text: string | Buffer): string {
  return crc32(text).toString(16).padStart(CHECK, '0');
}
