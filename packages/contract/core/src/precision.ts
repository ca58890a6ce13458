import { fail } from './diagnostic.js';

/** How a value is kept: a signed whole number of some bits with a scale of its own, e.g. `int8`. */
export type NumberFormat = `int${number}`;

/** The format of the values of each data space; absent means the word of the accelerator. */
export interface Precision {
  readonly weights?: NumberFormat;
  readonly inputs?: NumberFormat;
  readonly outputs?: NumberFormat;
}

const FORMAT = /^int([1-9]\d?)$/;
const MOST_BITS = 64;

/**
 * Bits of one value, 1 to 64.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID where there is no such format
 */
export function bitsOf(format: NumberFormat): number {
  const bits = Number(FORMAT.exec(format)?.[1]);
  if (bits <= MOST_BITS) return bits;
  return fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `${JSON.stringify(format)} is no number format`,
    expected: `int1 to int${MOST_BITS}`,
  });
}
