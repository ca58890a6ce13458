import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantiseWeights, quantiseWeights } from './quantise-weights.js';

describe('quantiseWeights', () => {
  it('has a scale for each channel, and rounds halves away from 0', () => {
    // of int4 the largest code is 7: scales 7 / 7 and 3.5 / 7
    const { codes, scales } = quantiseWeights(Float32Array.of(7, -2.5, 2.5, 0.4, 3.5, -0.25, 0.3, 0), 2, 4);
    expect([...scales]).toEqual([1, 0.5]);
    expect([...codes]).toEqual([7, -3, 3, 0, 7, -1, 1, 0]);
    expect([...dequantiseWeights({ codes, scales })]).toEqual([7, -3, 3, 0, 3.5, -0.5, 0.5, 0]);
  });

  it('with one scale for all loses what is small beside another channel', () => {
    const weights = Float32Array.of(127, -63.5, 0.25, -0.125);
    expect([...quantiseWeights(weights, 1, 8).codes]).toEqual([127, -64, 0, 0]);
    expect([...quantiseWeights(weights, 2, 8).codes]).toEqual([127, -64, 127, -64]);
  });

  it('with two bits has signs alone', () => {
    expect([...quantiseWeights(Float32Array.of(1, 0.4, -0.5, -1), 1, 2).codes]).toEqual([1, 0, -1, -1]);
  });

  it('gives a channel of zeros the largest scale of the others, and zeros alone a scale of 1', () => {
    expect([...quantiseWeights(Float32Array.of(0, 0, 7, 1, 14, 1), 3, 4).scales]).toEqual([2, 1, 2]);
    expect([...quantiseWeights(new Float32Array(2), 2, 4).scales]).toEqual([1, 1]);
  });

  const weights = fc.array(fc.float({ min: Math.fround(-100), max: 100, noNaN: true }), {
    minLength: 4,
    maxLength: 40,
  });
  const any = fc.record({ weights, bits: fc.integer({ min: 2, max: 16 }) }).map(({ weights: values, bits }) => {
    // tiny values have scales that a 32-bit float cannot hold to its usual precision
    const whole = values
      .slice(0, 4 * Math.floor(values.length / 4))
      .map((value) => (Math.abs(value) < 1e-30 ? 0 : value));
    return { weights: Float32Array.from(whole), channels: 4, bits };
  });

  it('is at most half a scale off, in codes that fit, and keeps zeros', () => {
    fc.assert(
      fc.property(any, ({ weights: given, channels, bits }) => {
        const quantised = quantiseWeights(given, channels, bits);
        const back = dequantiseWeights(quantised);
        const size = given.length / channels;
        given.forEach((weight, index) => {
          const scale = quantised.scales[Math.floor(index / size)]!;
          expect(Math.abs(back[index]! - weight)).toBeLessThanOrEqual(scale * 0.5 + Math.abs(weight) * 2 ** -22);
          expect(Math.abs(quantised.codes[index]!)).toBeLessThanOrEqual(2 ** (bits - 1) - 1);
          if (weight === 0) expect(back[index]! + 0).toBe(0);
        });
      }),
    );
  });

  it('gives what is quantised the same codes again', () => {
    fc.assert(
      fc.property(any, ({ weights: given, channels, bits }) => {
        const first = quantiseWeights(given, channels, bits);
        expect([...quantiseWeights(dequantiseWeights(first), channels, bits).codes]).toEqual([...first.codes]);
      }),
    );
  });
});
