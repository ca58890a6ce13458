import { seededRandom } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { expectedMaximum } from './expected-maximum.js';

describe('expectedMaximum', () => {
  it('is the mean for a single count', () => {
    expect(expectedMaximum(20, 0.3, 1)).toBeCloseTo(6, 12);
  });

  it('is what tossing coins by hand gives', () => {
    // Two coins: the larger of two counts of one toss each is 0 with 1/4, so 3/4 on average.
    expect(expectedMaximum(1, 0.5, 2)).toBeCloseTo(0.75, 14);
    // Two tosses each: P(max <= 0) = 1/16, P(max <= 1) = 9/16; 15/16 + 7/16.
    expect(expectedMaximum(2, 0.5, 2)).toBeCloseTo(22 / 16, 14);
  });

  it('has no spread at the ends', () => {
    expect(expectedMaximum(64, 0, 72)).toBe(0);
    expect(expectedMaximum(64, 1, 72)).toBe(64);
    expect(expectedMaximum(0, 0.4, 72)).toBe(0);
  });

  it('grows with copies and probability', () => {
    expect(expectedMaximum(64, 0.2, 9)).toBeLessThan(expectedMaximum(64, 0.2, 72));
    expect(expectedMaximum(64, 0.2, 72)).toBeLessThan(expectedMaximum(64, 0.21, 72));
  });

  it.each([
    [64, 0.2, 9],
    [16, 0.3, 72],
    [200, 0.05, 32],
  ])('agrees with sampling: %d trials at %d, %d copies', (trials, probability, copies) => {
    const samples = 4000;
    const random = seededRandom(3, 'maximum');
    const count = (): number => {
      let successes = 0;
      for (let k = 0; k < trials; k += 1) successes += random() < probability ? 1 : 0;
      return successes;
    };
    const maxima = Array.from({ length: samples }, () => Math.max(...Array.from({ length: copies }, count)));
    const mean = maxima.reduce((a, b) => a + b) / samples;
    const deviation = Math.sqrt(maxima.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples);
    expect(Math.abs(mean - expectedMaximum(trials, probability, copies))).toBeLessThan(
      4 * (deviation / Math.sqrt(samples)),
    );
  });
});
