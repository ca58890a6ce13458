import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominates, paretoRanks, type Costs } from './pareto.js';

describe('dominates', () => {
  it.each([
    [[1, 2], [1, 3], true],
    [[1, 2], [1, 2], false],
    [[1, 3], [2, 2], false],
    [[2, 3], [1, 3], false],
    [[0, 0, 0], [0, 0, 1], true],
  ])('%j over %j: %s', (a, b, expected) => {
    expect(dominates(a, b)).toBe(expected);
  });
});

describe('paretoRanks', () => {
  it('ranks a hand-made set, equal points alike', () => {
    const points = [
      [1, 5],
      [2, 3],
      [2, 3],
      [4, 1],
      [3, 4],
      [5, 5],
      [2, 6],
    ];
    expect(paretoRanks(points)).toEqual([1, 1, 1, 1, 2, 3, 2]);
  });

  it('ranks one objective by value', () => {
    expect(paretoRanks([[3], [1], [2], [1]])).toEqual([3, 1, 2, 1]);
  });

  it('has no ranks without points', () => {
    expect(paretoRanks([])).toEqual([]);
  });

  it('agrees with peeling off the non-dominated points, in 1 to 4 objectives', () => {
    const sets = fc
      .integer({ min: 1, max: 4 })
      .chain((n) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }), { maxLength: 30 }),
      );
    fc.assert(
      fc.property(sets, (points) => {
        expect(paretoRanks(points)).toEqual(peel(points));
      }),
    );
  });
});

function peel(points: readonly Costs[]): number[] {
  const ranks = points.map(() => 0);
  for (let rank = 1; ranks.includes(0); rank++) {
    const left = points.map((_, i) => i).filter((i) => ranks[i] === 0);
    const front = left.filter((i) => !left.some((j) => dominates(points[j]!, points[i]!)));
    for (const i of front) ranks[i] = rank;
  }
  return ranks;
}
