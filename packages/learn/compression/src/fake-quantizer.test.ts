import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeQuantize, PREDICTOR_GRID, quantizerCode, quantizerGrid } from './fake-quantizer.js';

function quantize(...values: readonly number[]): readonly number[] {
  const levels = new Float32Array(values.length);
  fakeQuantize(Float32Array.from(values), PREDICTOR_GRID, levels);
  return Array.from(levels, (level) => Math.round(level * 10) / 10 + 0);
}

describe('quantizerGrid', () => {
  it('of the predictor: a step of 0.8, zero at code 8 (7.5 rounded up), -6.4 to 5.6', () => {
    const { scale, zeroCode, low, high } = PREDICTOR_GRID;
    expect([scale, zeroCode]).toEqual([0.8, 8]);
    expect(low).toBeCloseTo(-6.4, 12);
    expect(high).toBeCloseTo(5.6, 12);
  });

  it('of other ranges', () => {
    expect(quantizerGrid(0, 15, 4)).toEqual({ scale: 1, zeroCode: 0, low: -0, high: 15 });
    expect(quantizerGrid(-1, 0, 1)).toEqual({ scale: 1, zeroCode: 1, low: -1, high: 0 });
  });
});

describe('fakeQuantize', () => {
  it('has 16 levels', () => {
    const values = Array.from({ length: 2001 }, (_, index) => (index - 1000) / 100);
    const levels = [...new Set(quantize(...values))];
    expect(levels).toEqual([-6.4, -5.6, -4.8, -4, -3.2, -2.4, -1.6, -0.8, 0, 0.8, 1.6, 2.4, 3.2, 4, 4.8, 5.6]);
    expect(values.map((value) => quantizerCode(value, PREDICTOR_GRID)).filter((code) => code < 0 || code > 15)).toEqual(
      [],
    );
  });

  it('rounds to the nearest, ties up', () => {
    expect(quantize(0.4, -0.4, 1.2, 0.39, -0.41, 0, 5.3, -6.1)).toEqual([0.8, 0, 1.6, 0, -0.8, 0, 5.6, -6.4]);
  });

  it('clamps', () => {
    expect(quantize(9, -9, Infinity, -Infinity)).toEqual([5.6, -6.4, 5.6, -6.4]);
  });

  it('keeps zero and every level as they are', () => {
    const zero = new Float32Array(1);
    fakeQuantize(zero, PREDICTOR_GRID, zero);
    expect(zero[0]).toBe(0);
    fc.assert(
      fc.property(fc.float({ min: -8, max: 8, noNaN: true }), (value) => {
        const [level = 0] = quantize(value);
        expect(quantize(level)[0]).toBe(level);
        const clamped = Math.min(5.6, Math.max(-6.4, value));
        expect(Math.abs(level - clamped)).toBeLessThan(0.4 + 1e-5);
      }),
    );
  });
});
