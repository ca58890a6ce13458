import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleChannels } from './channels.js';

describe('scaleChannels', () => {
  it.each([
    [32, 0.5, 8, 16],
    [24, 0.5, 8, 16],
    [24, 0.25, 8, 8],
    [16, 0.1, 8, 8],
    [18, 1.5, 3, 27],
    [42, 2, 6, 84],
    [5, 0.5, 1, 3],
  ])('%i channels at width %f in steps of %i are %i', (channels, width, divisor, expected) => {
    expect(scaleChannels(channels, width, divisor)).toBe(expected);
  });

  it('is exact at width 1, divisible, at least the divisor and within half a step', () => {
    const width = fc.double({ min: 0.01, max: 8, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 12 }),
        width,
        (steps, divisor, factor) => {
          const channels = steps * divisor;
          const scaled = scaleChannels(channels, factor, divisor);
          expect(scaleChannels(channels, 1, divisor)).toBe(channels);
          expect(scaled % divisor).toBe(0);
          expect(scaled).toBeGreaterThanOrEqual(divisor);
          if (scaled > divisor) expect(Math.abs(scaled - channels * factor)).toBeLessThanOrEqual(divisor / 2 + 1e-9);
        },
      ),
    );
  });

  it('refuses counts that width 1 would change', () => {
    expect(() => scaleChannels(20, 1, 8)).toThrow(/20 channels are not a multiple of 8/);
  });
});
