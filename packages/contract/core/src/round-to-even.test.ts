import { describe, expect, it } from 'vitest';
import { roundToEven } from './round-to-even.js';

describe('roundToEven', () => {
  it.each([
    [0.125, 2, 0.12],
    [0.375, 2, 0.38],
    [2.675, 2, 2.67],
    [0.015, 2, 0.01],
    [0.0625, 3, 0.062],
    [0.1875, 3, 0.188],
    [0.5, 0, 0],
    [1.5, 0, 2],
    [1030030, 3, 1030030],
    [0.1 + 0.2, 2, 0.3],
  ])('%d to %d decimals is %d', (value, decimals, rounded) => {
    expect(roundToEven(value, decimals)).toBe(rounded);
  });
});
