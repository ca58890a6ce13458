import { describe, expect, it } from 'vitest';
import { findKnee } from './knee.js';

describe('findKnee', () => {
  it('finds the bulge of a convex front: (0.2, 0.2) lies 0.6 / sqrt 2 from the line x + y = 1', () => {
    const knee = findKnee([
      [0, 10],
      [2, 2],
      [5, 1],
      [10, 0],
    ]);
    expect(knee?.index).toBe(1);
    expect(knee?.distance).toBeCloseTo(0.6 / Math.SQRT2, 12);
  });

  it('does not depend on the units of an objective', () => {
    const knee = findKnee([
      [0, 1e7],
      [2e-3, 2e6],
      [5e-3, 1e6],
      [1e-2, 0],
    ]);
    expect(knee?.index).toBe(1);
    expect(knee?.distance).toBeCloseTo(0.6 / Math.SQRT2, 12);
  });

  it('takes the smaller first cost among points equally far out', () => {
    expect(
      findKnee([
        [8, 0],
        [4, 1],
        [1, 4],
        [0, 8],
      ])?.index,
    ).toBe(2);
  });

  it.each([
    ['no point', []],
    ['one point', [[1, 1]]],
    [
      'two points',
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      'a straight front',
      [
        [0, 2],
        [1, 1],
        [2, 0],
      ],
    ],
    [
      'a straight front with rounding',
      [
        [0, 0.3],
        [0.1, 0.2],
        [0.2, 0.1],
        [0.3, 0],
      ],
    ],
    [
      'a concave front',
      [
        [0, 10],
        [6, 9],
        [9, 6],
        [10, 0],
      ],
    ],
    [
      'equal points',
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
  ])('%s has none', (_, front) => {
    expect(findKnee(front)).toBeUndefined();
  });

  it('beats every extreme in three objectives: sums 2, 2, 2 and 0.9', () => {
    const knee = findKnee([
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
      [0.3, 0.3, 0.3],
    ]);
    expect(knee?.index).toBe(3);
    expect(knee?.distance).toBeCloseTo(1.1 / Math.sqrt(3), 12);
  });
});
