import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypervolume } from './hypervolume.js';
import type { Costs } from './pareto.js';

describe('hypervolume by hand', () => {
  it.each<[string, Costs[], Costs, number]>([
    ['no points', [], [1, 1], 0],
    ['a point on the reference', [[1, 1]], [1, 1], 0],
    ['a point outside in one objective', [[0, 2]], [1, 1], 0],
    ['one objective', [[3], [1], [2]], [10], 9],
    ['one box', [[1, 2]], [4, 6], 12],
    [
      'two steps: 3 x 1 + 1 x 2',
      [
        [1, 3],
        [3, 1],
      ],
      [4, 4],
      3 * 1 + 1 * 2,
    ],
    [
      'three steps: 3 + 2 + 1',
      [
        [0, 2],
        [1, 1],
        [2, 0],
      ],
      [3, 3],
      6,
    ],
    [
      'equal and dominated points add nothing',
      [
        [0, 2],
        [0, 2],
        [1, 1],
        [2, 0],
        [2, 2],
      ],
      [3, 3],
      6,
    ],
    ['a cube', [[0, 0, 0]], [2, 3, 4], 24],
    [
      'three slabs in 3-D',
      [
        [0, 0, 2],
        [0, 2, 0],
        [2, 0, 0],
      ],
      [3, 3, 3],
      27 - 8,
    ],
    [
      '4-D: two boxes less their overlap',
      [
        [0, 0, 0, 1],
        [1, 0, 0, 0],
      ],
      [2, 2, 2, 2],
      8 + 8 - 4,
    ],
    [
      '5-D: two boxes less their overlap',
      [
        [0, 0, 0, 0, 1],
        [1, 1, 0, 0, 0],
      ],
      [2, 2, 2, 2, 2],
      16 + 8 - 4,
    ],
  ])('%s', (_, points, reference, expected) => {
    expect(hypervolume(points, reference)).toBeCloseTo(expected, 12);
  });
});

/**
 * Fronts with a closed form: the points i = 0..n-1 at (i, n - 1 - i) with reference (n, n) dominate n (n + 1) / 2 cells.
 * A third objective of 0 with reference h gives h times that.
 */
describe('hypervolume in closed form', () => {
  it.each([1, 2, 10, 500])('staircase of %i steps', (n) => {
    const stairs = Array.from({ length: n }, (_, i) => [i, n - 1 - i]);
    expect(hypervolume(stairs, [n, n])).toBe((n * (n + 1)) / 2);
    expect(
      hypervolume(
        stairs.map((point) => [...point, 0]),
        [n, n, 3],
      ),
    ).toBe((3 * n * (n + 1)) / 2);
  });

  it.each([2, 3, 4, 5])('the simplex grid of step 1 in %i-D has all cells with index sum at least the level', (n) => {
    const side = 4;
    const points = grid(n, side).filter((cell) => sum(cell) === side - 1);
    const cells = grid(n, side).filter((cell) => sum(cell) >= side - 1);
    expect(hypervolume(points, new Array<number>(n).fill(side))).toBe(cells.length);
  });
});

/** Costs on a small integer grid, so that counting unit cells is an exact oracle. */
const onGrid = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.record({
    dimensions: fc.constant(n),
    points: fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n }), { maxLength: 9 }),
  }),
);

describe('hypervolume against oracles', () => {
  it('counts the unit cells some point dominates, in 1 to 5 objectives', () => {
    fc.assert(
      fc.property(onGrid, ({ dimensions, points }) => {
        const side = 5;
        const dominated = grid(dimensions, side).filter((cell) => points.some((p) => p.every((v, i) => v <= cell[i]!)));
        expect(hypervolume(points, new Array<number>(dimensions).fill(side))).toBe(dominated.length);
      }),
    );
  });

  it('agrees with inclusion and exclusion over all subsets on real numbers', () => {
    const real = fc.integer({ min: 2, max: 5 }).chain((n) =>
      fc.array(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: n, maxLength: n }), {
        minLength: 1,
        maxLength: 7,
      }),
    );
    fc.assert(
      fc.property(real, (points) => {
        const reference = points[0]!.map(() => 1);
        expect(hypervolume(points, reference)).toBeCloseTo(inclusionExclusion(points, reference), 9);
      }),
    );
  });

  it('does not depend on the order of the points, to the last bit', () => {
    const points = fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        points.chain((p) => fc.tuple(fc.constant(p), fc.shuffledSubarray(p, { minLength: p.length }))),
        ([a, b]) => {
          expect(hypervolume(b, [1, 1, 1, 1])).toBe(hypervolume(a, [1, 1, 1, 1]));
        },
      ),
    );
  });
});

function grid(dimensions: number, side: number): number[][] {
  if (dimensions === 0) return [[]];
  return grid(dimensions - 1, side).flatMap((rest) => Array.from({ length: side }, (_, i) => [...rest, i]));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Volume of a union of boxes: every non-empty subset's common box, added or taken away by its size. */
function inclusionExclusion(points: readonly Costs[], reference: Costs): number {
  let volume = 0;
  for (let subset = 1; subset < 2 ** points.length; subset++) {
    const members = points.filter((_, i) => (subset >> i) & 1);
    const corner = reference.map((_, k) => Math.max(...members.map((point) => point[k]!)));
    const box = corner.reduce((product, value, k) => product * (reference[k]! - value), 1);
    volume += members.length % 2 === 1 ? box : -box;
  }
  return volume;
}
