import { fromBase64, fromPlanes, toBase64, toPlanes } from './bytes.js';

/** Small whole numbers from -1, one a point, in base64. */
export interface PackedCodes {
  /** Bytes a number. */
  readonly size: 1 | 2 | 4;
  readonly data: string;
}

/** Numbers, one a point: each distinct one once, or in as many bits as they need. Infinite ones are left out. */
export type PackedNumbers =
  | { readonly values: readonly number[]; readonly codes: PackedCodes }
  | { readonly bits: 32 | 64; readonly data: string };

export function packCodes(codes: Int32Array): PackedCodes {
  const most = codes.reduce((a, b) => Math.max(a, b), -1) + 1;
  const shifted = codes.map((code) => code + 1);
  if (most < 256) return { size: 1, data: toBase64(Uint8Array.from(shifted)) };
  const wide = most < 65_536 ? Uint16Array.from(shifted) : Uint32Array.from(shifted);
  const size = most < 65_536 ? 2 : 4;
  return { size, data: toBase64(toPlanes(new Uint8Array(wide.buffer), size)) };
}

export function readCodes({ size, data }: PackedCodes): Int32Array {
  const bytes = size === 1 ? fromBase64(data) : fromPlanes(fromBase64(data), size);
  const wide = size === 1 ? bytes : size === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  const codes = new Int32Array(wide.length);
  for (let at = 0; at < codes.length; at++) codes[at] = (wide[at] ?? 0) - 1;
  return codes;
}

/** Up to so many distinct numbers are told by their place, exactly. */
const MOST_DISTINCT = 4096;
/** Beyond these 32 bits have no number or fewer digits. */
const [LEAST_SHORT, MOST_SHORT] = [1e-30, 1e30];

/** Packs numbers exactly where they are few, else to seven digits. */
export function packNumbers(numbers: Float64Array): PackedNumbers {
  const finite = numbers.map((number) => (Number.isFinite(number) ? number : NaN));
  const known = new Map<number, number>();
  for (const number of finite) {
    if (Number.isNaN(number) || known.has(number)) continue;
    if (known.size === MOST_DISTINCT) return packWide(finite);
    known.set(number, known.size);
  }
  const codes = Int32Array.from(finite, (number) => known.get(number) ?? -1);
  return { values: [...known.keys()], codes: packCodes(codes) };
}

function packWide(numbers: Float64Array): PackedNumbers {
  const isShort = numbers.every((number) => {
    const size = Math.abs(number);
    return Number.isNaN(number) || size === 0 || (size > LEAST_SHORT && size < MOST_SHORT);
  });
  const [bits, wide] = isShort ? ([32, Float32Array.from(numbers)] as const) : ([64, numbers] as const);
  return { bits, data: toBase64(toPlanes(new Uint8Array(wide.buffer), bits / 8)) };
}

/** Numbers as they were packed, NaN where there is none. */
export function readNumbers(packed: PackedNumbers): Float64Array {
  if ('values' in packed) {
    const codes = readCodes(packed.codes);
    const numbers = new Float64Array(codes.length);
    for (let at = 0; at < numbers.length; at++) numbers[at] = packed.values[codes[at] ?? -1] ?? NaN;
    return numbers;
  }
  const { buffer } = fromPlanes(fromBase64(packed.data), packed.bits / 8);
  return packed.bits === 32 ? new Float64Array(new Float32Array(buffer)) : new Float64Array(buffer);
}
