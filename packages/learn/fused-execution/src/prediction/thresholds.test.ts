import { seededRandom } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { quantiserCode } from '../layers/values.kernel.js';
import { encodeSums, maskSums } from './predict.kernel.js';
import { foldThresholds } from './thresholds.js';

/** Mask and code of the value `factor * sum + offset`. */
function through(factor: number, offset: number, sum: number): { mask: number; code: number } {
  const thresholds = foldThresholds(Float64Array.of(factor), Float64Array.of(offset));
  const [masks, codes] = [new Uint8Array(1), new Int8Array(1)];
  maskSums(Int32Array.of(sum), thresholds, masks);
  encodeSums(Int32Array.of(sum), thresholds, codes);
  return { mask: masks[0]!, code: codes[0]! };
}

describe('thresholds', () => {
  // value = 0.5 * sum - 1: 0 at 2, 0.5 at 3 (code 1 from 0.4 on), 5 at 12 (code 6 from 4.4 on), 5.5 at 13 (code 7 from 5.2 on)
  it.each([
    { sum: 2, mask: 0, code: 0 },
    { sum: 3, mask: 1, code: 1 },
    { sum: 4, mask: 1, code: 1 },
    { sum: 5, mask: 1, code: 2 },
    { sum: 12, mask: 1, code: 6 },
    { sum: 13, mask: 1, code: 7 },
    { sum: 900, mask: 1, code: 7 },
    { sum: -900, mask: 0, code: 0 },
  ])('worked by hand: half the sum less 1, sum $sum', ({ sum, mask, code }) => {
    expect(through(0.5, -1, sum)).toEqual({ mask, code });
  });

  it('turns round where the factor is negative', () => {
    expect(through(-0.5, 1, 2)).toEqual({ mask: 0, code: 0 });
    expect(through(-0.5, 1, 1)).toEqual({ mask: 1, code: 1 });
    expect(through(-0.5, 1, -9)).toEqual({ mask: 1, code: 7 });
  });

  it('lets a constant pass or not', () => {
    expect(through(0, 0.3, 5)).toEqual({ mask: 1, code: 0 });
    expect(through(0, 0, 5)).toEqual({ mask: 0, code: 0 });
    expect(through(0, 1.2, -5)).toEqual({ mask: 1, code: 2 });
  });

  it('gives what the value itself gives', () => {
    const random = seededRandom(5, 'thresholds');
    for (let trial = 0; trial < 3000; trial++) {
      const [factor, offset] = [random() - 0.5, 4 * random() - 2];
      const sum = Math.floor(60 * random()) - 30;
      const value = factor * sum + offset;
      const [mask, code] = [value > 0 ? 1 : 0, quantiserCode(Math.max(value, 0))];
      expect(through(factor, offset, sum)).toEqual({ mask, code });
    }
  });
});
