import { QUANTISER } from '@archon-dse/tensor';
import { quantiserCode } from '../layers/values.kernel.js';

/** Codes of a rectified value: 0 to 7. */
export const RECTIFIED_CODES = 8;

/**
 * What becomes of the integer sums of a ternary layer, with its scale, its BatchNorm and the ReLU behind it folded into thresholds. Sums of
 * a channel whose factor is negative count from above, so they are multiplied by `direction` first.
 */
export interface Thresholds {
  /** By channel: 1 or -1. */
  readonly direction: Int8Array;
  /** `least[channel * 8]`: least directed sum above 0; `least[channel * 8 + code]`: least one of that code. Beyond 2^31 for never. */
  readonly least: Float64Array;
}

/**
 * @param factor - by channel: what one unit of the sum counts, the quantiser's step times alpha times the scale of the BatchNorm
 * @param offset - by channel: value of the sum 0
 */
export function foldThresholds(factor: Float64Array, offset: Float64Array): Thresholds {
  const direction = Int8Array.from(factor, (value) => (value < 0 ? -1 : 1));
  const least = new Float64Array(factor.length * RECTIFIED_CODES);
  factor.forEach((value, channel) => {
    const size = Math.abs(value);
    const base = offset[channel] ?? 0;
    for (let code = 0; code < RECTIFIED_CODES; code++) {
      const passes = (value: number): boolean => (code === 0 ? value > 0 : quantiserCode(value) >= code);
      const start = code === 0 ? 0 : codeStart(code);
      least[channel * RECTIFIED_CODES + code] = leastSum(size, base, start, passes);
    }
  });
  return { direction, least };
}

/** Least value of a code; one half way between two goes up. */
export function codeStart(code: number): number {
  return QUANTISER.step * (code - 0.5);
}

/** Sums of codes are far below it. */
const MOST_SUM = 2 ** 31;

/** Least whole number whose value `size * n + base` passes, which those above `start` do; what rounding does at `start` is tried out. */
function leastSum(size: number, base: number, start: number, passes: (value: number) => boolean): number {
  if (size === 0) return passes(base) ? -Infinity : Infinity;
  let sum = Math.floor((start - base) / size);
  if (Math.abs(sum) > MOST_SUM) return sum;
  while (!passes(size * sum + base)) sum++;
  while (passes(size * (sum - 1) + base)) sum--;
  return sum;
}
