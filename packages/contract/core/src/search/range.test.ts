import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisValue, countUpTo, indexInRange, listValues, valueCount, type AxisRange } from './range.js';

describe('a range', () => {
  it('gives the decimals nearest to from + i * step, at any scale', () => {
    const scaled = fc.record({
      from: fc.integer({ min: -1000, max: 1000 }),
      step: fc.integer({ min: 1, max: 50 }),
      count: fc.integer({ min: 1, max: 40 }),
      places: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(scaled, ({ from, step, count, places }) => {
        const decimal = (digits: number) => Number(`${String(digits)}e-${String(places)}`);
        const expected = Array.from({ length: count }, (_, i) => decimal(from + i * step));
        const steps = { from: decimal(from), step: decimal(step) };
        expect(countUpTo(steps, decimal(from + (count - 1) * step), 100)).toBe(count);
        expect(listValues({ ...steps, count })).toEqual(expected);
      }),
    );
  });

  it('counts values as listing them does, also past the rounding of a logarithm', () => {
    const range = fc.record({ from: fc.integer({ min: 1, max: 500 }), factor: fc.constantFrom(1.1, 1.5, 2, 3, 10) });
    fc.assert(
      fc.property(range, fc.integer({ min: 0, max: 60 }), ({ from, factor }, index) => {
        const to = Number(axisValue({ from, factor, count: 100 }, index));
        expect(countUpTo({ from, factor }, to, 100)).toBe(index + 1);
        expect(countUpTo({ from, factor }, to * 0.999999, 100)).toBe(index);
      }),
    );
  });

  it('stops counting one past the most', () => {
    expect(countUpTo({ from: 1, step: 1 }, 1e9, 10)).toBe(11);
    expect(countUpTo({ from: 1, step: 1e-300 }, 1e300, 10)).toBe(11);
    expect(countUpTo({ from: 5, step: 1 }, 4, 10)).toBe(0);
  });

  it('finds its values and no others', () => {
    const range: AxisRange = { from: 0.1, step: 0.1, count: 5 };
    expect([0.1, 0.3, 0.5, 0.6, 0.15, 0].map((value) => indexInRange(range, value))).toEqual([0, 2, 4, -1, -1, -1]);
    const powers: AxisRange = { from: 1, factor: 2, count: 20 };
    expect([1, 1024, 3, 2 ** 20].map((value) => indexInRange(powers, value))).toEqual([0, 10, -1, -1]);
  });

  it('is as good as its list', () => {
    expect(valueCount(['a', 'b'])).toBe(2);
    expect(listValues({ from: 1, step: 1, count: 1e9 }, 2)).toEqual([1, 2]);
    expect(listValues(['a', 'b', 'c'], 2)).toEqual(['a', 'b']);
  });
});
