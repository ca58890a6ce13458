import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nonZeroShare, packMask, unpackMask } from './weight-mask.js';

describe('masks', () => {
  it('put the first weight in the highest bit of the first digit', () => {
    expect(packMask([1, 2, 1, 3], Uint8Array.from([1, 0, 1, 0, 0, 1])).bits).toBe('a4');
    expect([...unpackMask({ shape: [1, 2, 1, 3], bits: 'a4' })]).toEqual([1, 0, 1, 0, 0, 1]);
  });

  it('survive packing', () => {
    const extent = fc.integer({ min: 1, max: 5 });
    const masks = fc.tuple(extent, extent, extent, extent).chain((shape) => {
      const weights = shape.reduce((a, b) => a * b, 1);
      return fc.tuple(fc.constant(shape), fc.uint8Array({ minLength: weights, maxLength: weights, max: 1 }));
    });
    fc.assert(
      fc.property(masks, ([shape, values]) => {
        expect(unpackMask(packMask(shape, values))).toEqual(values);
      }),
    );
  });

  it.each(['', 'a', 'a44', 'A4', 'g4'])('of other texts are refused: "%s"', (bits) => {
    expect(() => unpackMask({ shape: [1, 2, 1, 3], bits })).toThrow(
      `"${bits}" (${bits.length} characters) is no mask of 1 x 2 x 1 x 3 weights`,
    );
  });
});

describe('nonZeroShare', () => {
  it('counts what is not 0, whatever it is', () => {
    expect(nonZeroShare(Uint8Array.of(0, 1, 3, 0, 0))).toBe(2 / 5);
    expect(nonZeroShare(new Uint8Array(3))).toBe(0);
    expect(nonZeroShare(new Uint8Array(0))).toBe(1);
  });
});
