import { fail } from './diagnostic.js';

/** Which weights of a layer are non-zero, as JSON. */
export interface WeightMask {
  /**
   * Output channels of all groups (group by group), input channels of one group, kernel rows R, kernel columns S.
   * A depthwise layer has channels x 1 x R x S.
   */
  readonly shape: readonly [outputs: number, inputs: number, rows: number, columns: number];
  /**
   * One bit a weight, 1 for non-zero, in lowercase hexadecimal: row-major with columns fastest, the first weight in the highest bit
   * of the first digit, the last digit filled up with zeros.
   */
  readonly bits: string;
}

const WEIGHTS_A_DIGIT = 4;

/** @param values - one entry a weight, row-major; anything but 0 counts as non-zero */
export function packMask(shape: WeightMask['shape'], values: Uint8Array): WeightMask {
  const digits: string[] = [];
  for (let first = 0; first < values.length; first += WEIGHTS_A_DIGIT) {
    let digit = 0;
    for (let k = 0; k < WEIGHTS_A_DIGIT; k += 1) digit = 2 * digit + ((values[first + k] ?? 0) === 0 ? 0 : 1);
    digits.push(digit.toString(16));
  }
  return { shape, bits: digits.join('') };
}

/**
 * One entry a weight, 0 or 1, row-major.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when the bits do not fit the shape
 */
export function unpackMask({ shape, bits }: WeightMask): Uint8Array {
  const weights = shape.reduce((product, extent) => product * extent, 1);
  const digits = Math.ceil(weights / WEIGHTS_A_DIGIT);
  if (bits.length !== digits || !/^[0-9a-f]*$/.test(bits)) {
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `"${shorten(bits)}" (${bits.length} characters) is no mask of ${shape.join(' x ')} weights`,
      expected: `${digits} lowercase hexadecimal digits`,
    });
  }
  const values = new Uint8Array(weights);
  for (let index = 0; index < weights; index += 1) {
    const place = WEIGHTS_A_DIGIT - 1 - (index % WEIGHTS_A_DIGIT);
    values[index] = (Number.parseInt(bits.charAt(Math.floor(index / WEIGHTS_A_DIGIT)), 16) >> place) & 1;
  }
  return values;
}

/** Share of the values that are not 0, 0..1; 1 where there are none. */
export function nonZeroShare(values: Uint8Array): number {
  if (values.length === 0) return 1;
  return values.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) / values.length;
}

function shorten(text: string): string {
  return text.length > 16 ? `${text.slice(0, 16)}...` : text;
}
