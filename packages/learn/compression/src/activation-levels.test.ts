import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationLevels } from './activation-levels.js';

describe('activationLevels', () => {
  it('gives all levels to what a ReLU lets pass', () => {
    expect(activationLevels(0, 255, 8)).toEqual({ least: 0, most: 255, step: 1 });
    expect(activationLevels(2, 7.5, 4)).toEqual({ least: 0, most: 7.5, step: 0.5 });
  });

  it('moves the range until 0 is a level', () => {
    // a step of (7 + 8.6) / 15 = 1.04: 0 is 8.27 steps above the least value, so the levels begin 8 steps below it
    const { least, most, step } = activationLevels(-8.6, 7, 4);
    expect(step).toBeCloseTo(1.04, 6);
    expect(least / step).toBeCloseTo(-8, 6);
    expect(most / step).toBeCloseTo(7, 6);
    expect(activationLevels(-3, -1, 2)).toEqual({ least: -3, most: 0, step: 1 });
  });

  it('has levels also where everything is 0', () => {
    expect(activationLevels(0, 0, 4)).toEqual({ least: 0, most: 15, step: 1 });
  });

  it('reaches the range within half a step, with 0 among 2^bits levels', () => {
    const figure = fc.float({ min: Math.fround(-1000), max: 1000, noNaN: true });
    fc.assert(
      fc.property(figure, figure, fc.integer({ min: 2, max: 16 }), (a, b, bits) => {
        const [low, high] = [Math.min(a, b, 0), Math.max(a, b, 0)];
        fc.pre(high - low > 1e-3);
        const { least, most, step } = activationLevels(low, high, bits);
        expect(Math.round((most - least) / step)).toBe(2 ** bits - 1);
        expect(Math.abs(least / step - Math.round(least / step))).toBeLessThan(0.01);
        expect(Math.abs(least - low)).toBeLessThan(0.51 * step);
        expect(Math.abs(most - high)).toBeLessThan(0.51 * step);
      }),
    );
  });
});
