import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseProblem } from '../../test/golden.js';
import { aNest, type NestCase } from '../../test/nest-cases.js';
import { NestWalker } from '../../test/walk.js';
import { priceWalk } from '../../test/walk-price.js';
import { evaluate } from './evaluate.js';
import { parseMapping } from './format.js';
import { DATA_SPACES, type DataSpace } from './problem.js';

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

const level = { blockSize: 1, accessEnergyPj: 1, meshX: 9, meshY: 9, keeps: DATA_SPACES };
const levels = ['outer', 'inner'].map((name) => ({ name, ...level }));

/** What random nests seldom have. */
test.each([
  ['windows at one place, the last rows missing', 'P7 R3', 'P2 P4X R3Y - L0[WIO]'],
  ['windows at one place, the end of the kernel missing', 'P4 R5', 'R3 P4X R2Y - L0[WIO]'],
  ['windows at one place, both missing', 'P7 R5', 'P2 R3 P4X R2Y - L0[WIO]'],
  ['windows at one place along rows and columns', 'P7 R3 Q5 S2 /2', 'Q3 P2 P4X S2X R3Y Q2Y - L0[WIO]'],
  ['an instance whose weights stay', 'N2 C3', 'N2 C2 C2X - L0[WIO]'],
  ['an instance whose windows stay', 'M2 C3 P4 R3', 'M2 C2 C2X - L0[WIO] P4 R3'],
  ['one whose window has a single step', 'M2 P7 R3', 'M2 P2 P2X - L0[WIO] P2 R3'],
])('counts are those of a walk of the nest: %s', (_, problem, loops) => {
  const architecture = { levels, macs: 1, macEnergyPj: 1 };
  const mapping = parseMapping(`L1[WIO] ${loops}`, architecture);
  for (const haloSharing of [false, true])
    compare({ problem: parseProblem(problem), architecture, mapping }, haloSharing);
});

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
