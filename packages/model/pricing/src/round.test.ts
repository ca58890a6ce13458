import { describe, expect, it } from 'vitest';
import { round3 } from './round.js';

describe('round3', () => {
  it.each([
    [0.0535625, 0.054],
    [2.20035, 2.2],
    [0.0004, 0],
    [1030030, 1030030],
    [5.59375, 5.594],
  ])('rounds %d to %d', (value, rounded) => {
    expect(round3(value)).toBe(rounded);
  });

  it('sends exact ties to the even digit', () => {
    expect(round3(0.0625)).toBe(0.062);
    expect(round3(0.1875)).toBe(0.188);
    expect(round3(6.5625)).toBe(6.562);
    expect(round3(2.1875)).toBe(2.188);
  });
});
