import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ternarize, ternaryWeights } from './ternary.js';

function run(...values: readonly number[]) {
  const weights = Float32Array.from(values);
  const signs = new Int8Array(values.length);
  const { delta, alpha } = ternarize(weights, signs);
  return { delta, alpha, signs: [...signs] };
}

describe('ternarize', () => {
  it('worked by hand', () => {
    // Mean magnitude (1 + 2 + 0.5 + 0.5) / 4 = 1, so delta is 0.7 and alpha the mean of 1 and 2.
    const { delta, alpha, signs } = run(1, -2, 0.5, -0.5);
    expect(delta).toBeCloseTo(0.7, 12);
    expect(alpha).toBe(1.5);
    expect(signs).toEqual([1, -1, 0, 0]);
  });

  it('counts zeros from pruning, so that the survivors keep their signs', () => {
    // Mean magnitude 2 / 10, delta 0.14.
    const { delta, alpha, signs } = run(1, -0.8, 0.2, 0, 0, 0, 0, 0, 0, 0);
    expect(delta).toBeCloseTo(0.14, 7);
    expect(alpha).toBeCloseTo(2 / 3, 7);
    expect(signs).toEqual([1, -1, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('of zeros is zeros with scale 0', () => {
    expect(run(0, 0, 0)).toEqual({ delta: 0, alpha: 0, signs: [0, 0, 0] });
  });

  it('of equal magnitudes is exact, whatever the scale', () => {
    expect(run(3, -3, 3)).toMatchObject({ alpha: 3, signs: [1, -1, 1] });
  });

  it('scales with the weights and does not depend on their signs', () => {
    const weights = fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(weights, (values) => {
        const once = run(...values);
        const twice = run(...values.map((value) => -2 * value));
        expect(twice.signs.map((sign) => 0 - sign)).toEqual(once.signs.map((sign) => sign + 0));
        expect(twice.alpha).toBeCloseTo(2 * once.alpha, 10);
      }),
    );
  });
});

describe('ternary weights', () => {
  it('are signs times scale', () => {
    const weights = new Float32Array(3);
    ternaryWeights(Int8Array.from([1, 0, -1]), 0.5, weights);
    expect([...weights]).toEqual([0.5, 0, -0.5]);
  });
});
