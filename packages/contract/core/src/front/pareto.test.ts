import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.js';
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

describe('ranks of many points', () => {
  // Fronts of hundreds of members, so that the trees of the fronts are divided; values on a grid, so that there are ties and equal points.
  it.each([1, 2, 3, 4, 5].flatMap((dimensions) => [4, 1000].map((values) => [dimensions, values] as const)))(
    'in %i objectives of %i values are those of peeling',
    (dimensions, values) => {
      const draw = seededRandom(7, `ranks ${String(dimensions)} ${String(values)}`);
      const points = Array.from({ length: 700 }, () =>
        Array.from({ length: dimensions }, () => Math.floor(draw() * values)),
      );
      expect(paretoRanks(points)).toEqual(peel(points));
    },
  );

  it('on one front that is curved, in any order, are 1', () => {
    const points = Array.from({ length: 2000 }, (_, i) => [i, 2000 - i, (i * 7919) % 2000, 5]);
    expect(new Set(paretoRanks(points))).toEqual(new Set([1]));
    expect(paretoRanks([...points, [0, 2000, 0, 6]]).at(-1)).toBe(2);
  });
});
