import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantise } from './values.kernel.js';

const rounded = (values: readonly number[], levels: Parameters<typeof quantise>[1]): readonly number[] => {
  const y = new Float32Array(values.length);
  quantise(Float32Array.from(values), levels, y);
  return [...y];
};

describe('quantise', () => {
  it('takes the nearest of its levels, the upper one half way, and its ends for what is outside', () => {
    const levels = { least: -1, most: 0.5, step: 0.5 };
    expect(rounded([-9, -1, -0.8, -0.75, -0.25, 0, 0.2, 0.25, 0.4, 9], levels)).toEqual([
      ...[-1, -1, -1, -0.5, 0, 0, 0, 0.5, 0.5, 0.5],
    ]);
  });

  it('is at most half a step off within its range, in codes that fit, and keeps 0', () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true });
    const scale = fc.record({
      bits: fc.integer({ min: 2, max: 16 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), scale, fc.integer({ min: -8, max: 0 }), (values, of, exponent) => {
        const [codes, step] = [2 ** of.bits - 1, 2 ** exponent]; // steps that 32-bit floats have exactly
        const zeroPoint = Math.round(codes * of.share);
        const levels = { least: -zeroPoint * step, most: (codes - zeroPoint) * step, step };
        rounded([...values, 0], levels).forEach((given, index) => {
          const kept = Math.min(Math.max(values[index] ?? 0, levels.least), levels.most);
          expect(Math.abs(given - kept)).toBeLessThanOrEqual(step / 2);
          const code = given / step + zeroPoint;
          expect([Number.isInteger(code), code >= 0, code <= codes]).toEqual([true, true, true]);
          if (index === values.length) expect(given + 0).toBe(0);
        });
      }),
    );
  });
});
