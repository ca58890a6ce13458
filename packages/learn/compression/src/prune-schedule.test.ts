import { describe, expect, it } from 'vitest';
import { keptWeights, sparsityAt } from './prune-schedule.js';

describe('sparsityAt', () => {
  /** @source ramps of the published pruning scripts: N, s(1), s(2), frozen pointwise and depthwise sparsity */
  it.each([
    [90, 0.0264, 0.0522, 0.7999989, 0.699999],
    [30, 0.0774, 0.1496, 0.7999704, 0.6999741],
    [36, 0.0648, 0.1261, 0.7999829, 0.699985],
    [38, 0.0615, 0.1198, 0.7999854, 0.6999872],
  ])('with %d steps', (steps, first, second, pointwise, depthwise) => {
    const ramp = { steps, sparsity: 0.8 };
    expect(sparsityAt(0, ramp)).toBe(0);
    expect(sparsityAt(1, ramp)).toBeCloseTo(first, 4);
    expect(sparsityAt(2, ramp)).toBeCloseTo(second, 4);
    expect(sparsityAt(steps, ramp)).toBeCloseTo(pointwise, 7);
    expect(sparsityAt(steps, { steps, sparsity: 0.7 })).toBeCloseTo(depthwise, 7);
  });

  it('stays after the ramp at the value of its last epoch', () => {
    const ramp = { steps: 2, sparsity: 0.8 };
    // 0.8 * (1 - (1 / 2)^3)
    expect(sparsityAt(1, ramp)).toBeCloseTo(0.7, 12);
    expect([2, 3, 50].map((step) => sparsityAt(step, ramp))).toEqual(Array(3).fill(sparsityAt(1, ramp)));
  });
});

describe('keptWeights', () => {
  it.each([
    [10, 0.8, 2],
    [5, 0.5, 2],
    [7, 0.5, 4],
    [10, 0.25, 8],
    [9, 0.7, 3],
    [3, 0.99, 1],
    [4736, 0.7999854206, 947],
  ])('of %d at %f: %d', (size, sparsity, kept) => {
    expect(keptWeights(size, sparsity)).toBe(kept);
  });
});
