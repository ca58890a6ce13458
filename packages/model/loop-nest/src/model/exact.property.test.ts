import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aNest, type NestCase } from '../../test/nest-cases.js';
import { NestWalker } from '../../test/walk.js';
import { priceWalk } from '../../test/walk-price.js';
import { evaluate } from './evaluate.js';
import type { DataSpace } from './problem.js';

/** Counts of every level, of the first instance and of all, against a walk. */
function compare(nest: NestCase, haloSharing: boolean): void {
  const { problem, architecture, mapping } = nest;
  const walk = new NestWalker(problem, architecture, mapping, haloSharing).walk();
  const result = evaluate(problem, architecture, mapping, { semantics: 'exact', haloSharing });
  expect(result.computeCycles).toBe(walk.computeCycles);
  expect(result.levels.map(({ instances }) => instances)).toEqual(walk.instances);
  for (const [key, { first, all }] of Object.entries(walk.levels)) {
    const [level, space] = key.split(':') as [string, DataSpace];
    const accesses = result.levels[Number(level)]!.accesses[space]!;
    const total = { totalReads: all.reads, totalUpdates: all.updates, totalFills: all.fills };
    expect({ key, ...accesses }).toMatchObject({ key, tileWords: walk.tiles[key], ...first, ...total });
  }
  const { cycles, energyPj } = priceWalk(problem, architecture, walk);
  expect(result.cycles).toBe(cycles);
  expect(result.energyPj).toBeCloseTo(energyPj, 6);
}

test.each([
  ['exact factors', false, false],
  ['remainders', true, false],
  ['exact factors, halo sharing', false, true],
  ['remainders, halo sharing', true, true],
])('counts are those of a walk of the nest: %s', (_, remainders, haloSharing) => {
  fc.assert(
    fc.property(aNest({ iterations: 150, remainders }), (nest) => compare(nest, haloSharing)),
    { numRuns: 200 },
  );
});
