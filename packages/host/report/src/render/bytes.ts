/** Numbers as bytes, and bytes as text. For Node and browsers alike, so without either's own ways. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LETTER_CODES = Uint8Array.from(LETTERS, (letter) => letter.charCodeAt(0));
const PAD = '='.charCodeAt(0);
/** Arguments that a call may have. */
const CHUNK = 8192;

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(PAD);
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const left = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    codes[to] = LETTER_CODES[bits >> 18] ?? 0;
    codes[to + 1] = LETTER_CODES[(bits >> 12) & 63] ?? 0;
    if (left > 1) codes[to + 2] = LETTER_CODES[(bits >> 6) & 63] ?? 0;
    if (left > 2) codes[to + 3] = LETTER_CODES[bits & 63] ?? 0;
  }
  const parts: string[] = [];
  for (let at = 0; at < codes.length; at += CHUNK) parts.push(String.fromCharCode(...codes.subarray(at, at + CHUNK)));
  return parts.join('');
}

const VALUES = new Uint8Array(128);
for (const [value, code] of LETTER_CODES.entries()) VALUES[code] = value;

/** The bytes of a text of {@link toBase64}. */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const value = (at: number): number => VALUES[text.charCodeAt(at)] ?? 0;
  for (let from = 0, to = 0; from < text.length; from += 4, to += 3) {
    const bits = (value(from) << 18) | (value(from + 1) << 12) | (value(from + 2) << 6) | value(from + 3);
    bytes[to] = bits >> 16;
    bytes[to + 1] = (bits >> 8) & 255;
    bytes[to + 2] = bits & 255;
  }
  return bytes;
}

/** The first bytes of all numbers, then the second ones and so on, which compresses better. */
export function toPlanes(bytes: Uint8Array, size: number): Uint8Array {
  const count = bytes.length / size;
  return bytes.map((_, at) => bytes[(at % count) * size + Math.floor(at / count)] ?? 0);
}

/** Back from {@link toPlanes}. */
export function fromPlanes(planes: Uint8Array, size: number): Uint8Array {
  const count = planes.length / size;
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0, from = 0; plane < size; plane++) {
    for (let at = 0; at < count; at++) bytes[at * size + plane] = planes[from++] ?? 0;
  }
  return bytes;
}
