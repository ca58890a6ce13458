import { costBounds, hypervolume, paretoRanks, type Costs } from '@archon-dse/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrontGrowth } from './front-growth.js';

const costs = fc.integer({ min: -5000, max: 5000 }).map((cost) => cost / 1000);
const sequences = fc.integer({ min: 1, max: 4 }).chain((n) =>
  fc.array(
    fc.option(fc.array(costs, { minLength: n, maxLength: n }), {
      nil: undefined,
      freq: 6,
    }),
    { maxLength: 25 },
  ),
);

/** Shares of the box after each point, from all points so far at once. */
function expected(points: readonly (Costs | undefined)[]): number[] {
  const all = points.filter((costs) => costs !== undefined);
  if (all.length === 0) return [];
  const { ideal, reference } = costBounds(Float64Array.from(all.flat()), all[0]?.length ?? 1);
  const box = hypervolume([ideal], reference);
  return points.map(
    (_, i) =>
      hypervolume(
        points.slice(0, i + 1).flatMap((costs) => (costs ? [costs] : [])),
        reference,
      ) / box,
  );
}

const grown = (points: readonly (Costs | undefined)[]): FrontGrowth => {
  const growth = new FrontGrowth();
  for (const costs of points) growth.add(costs);
  return growth;
};

/** Ends a call after ten steps. */
const afterTen = (): (() => boolean) => {
  let steps = 0;
  return () => ++steps === 10;
};

describe('FrontGrowth', () => {
  it('has after each step the exact volume of the points so far, in 1 to 4 objectives', () => {
    fc.assert(
      fc.property(sequences, (points) => {
        const { steps, evaluated, isComplete } = grown(points).growth();
        const shares = expected(points);
        expect({ evaluated, isComplete }).toEqual({ evaluated: points.length, isComplete: true });
        for (const [at, share] of steps) expect(share).toBeCloseTo(shares[at - 1] ?? NaN, 9);
        expect(steps.at(-1)?.[1] ?? 0).toBeCloseTo(shares.at(-1) ?? 0, 9);
      }),
      { numRuns: 300 },
    );
  });

  it('counts the points of the front as ranks do, equal ones each', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 20 }), (points) => {
        expect(grown(points).growth().front).toBe(paretoRanks(points).filter((rank) => rank === 1).length);
      }),
    );
    const equal: readonly Costs[] = [
      [2, 1],
      [2, 1],
      [1, 2],
      [3, 3],
    ];
    expect(grown(equal).growth()).toMatchObject({ feasible: 4, front: 3 });
  });

  it('tells the same however often it is asked in between', () => {
    fc.assert(
      fc.property(sequences, (points) => {
        const growth = new FrontGrowth();
        for (const costs of points) {
          growth.add(costs);
          growth.growth();
        }
        expect(growth.growth()).toEqual(grown(points).growth());
      }),
    );
  });

  it('goes on where the work of a call was not enough, and comes to the same', () => {
    const points = Array.from({ length: 60 }, (_, i): Costs => [i, 60 - i, (i * 37) % 60]);
    const growth = grown(points);
    const first = growth.growth(afterTen());
    expect(first.isComplete).toBe(false);
    expect(first.steps).toHaveLength(10);
    let last = first;
    for (let calls = 0; calls < 100 && !last.isComplete; calls++) last = growth.growth(afterTen());
    expect(last).toEqual(grown(points).growth());
  });

  it('tells at most 600 steps, the last one among them', () => {
    const points = Array.from({ length: 2000 }, (_, i): Costs => [i, 2000 - i]);
    const { steps, front } = grown(points).growth();
    expect(front).toBe(2000);
    expect(steps.length).toBeLessThanOrEqual(600);
    expect(steps.at(-1)?.[0]).toBe(2000);
  });
});
