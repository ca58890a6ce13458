import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameOutputSize, samePadding } from './window.js';

describe('SAME padding', () => {
  /** Amounts TensorFlow pads, by (size, kernel, stride). */
  it.each([
    [32, 3, 1, [1, 1]],
    [32, 3, 2, [0, 1]],
    [32, 5, 1, [2, 2]],
    [32, 5, 2, [1, 2]],
    [33, 3, 2, [1, 1]],
    [32, 1, 1, [0, 0]],
    [32, 1, 2, [0, 0]],
  ])('of size %i under kernel %i, stride %i is %j', (size, kernel, stride, expected) => {
    expect(samePadding(size, kernel, stride)).toEqual(expected);
  });

  it('makes the windows fit for every size, kernel and stride', () => {
    const size = fc.integer({ min: 1, max: 70 });
    const kernel = fc.integer({ min: 1, max: 9 });
    const stride = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, kernel, stride, (cells, k, s) => {
        const [before, after] = samePadding(cells, k, s);
        const starts: number[] = [];
        for (let start = -before; start + k <= cells + after; start += s) starts.push(start);
        expect(starts).toHaveLength(sameOutputSize(cells, s));
        // Every window covers a real cell.
        expect(starts.at(-1)).toBeLessThan(cells);
        expect(after - before === 0 || after - before === 1).toBe(true);
      }),
    );
  });
});
