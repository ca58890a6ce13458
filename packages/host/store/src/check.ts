import { crc32 } from 'node:zlib';

/** How a line ends: a CRC-32 of all that stands before, so that a changed digit is found. */
const BEFORE = ',"check":"';
const LENGTH = BEFORE.length + 8 + 2;

/** A JSON object without its last brace as a whole line, checked and with its newline. */
export function checkedLine(body: string): string {
  return `${body}${BEFORE}${crc32(body).toString(16).padStart(8, '0')}"}\n`;
}

/** Whether a line is as it was written. */
export function isChecked(line: Buffer): boolean {
  const end = line.length - LENGTH;
  if (end < 0) return false;
  const tail = line.toString('latin1', end);
  if (!tail.startsWith(BEFORE) || !tail.endsWith('"}')) return false;
  return Number.parseInt(tail.slice(BEFORE.length, -2), 16) === crc32(line.subarray(0, end));
}
