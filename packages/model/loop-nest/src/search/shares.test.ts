import { describe, expect, test } from 'vitest';
import type { Architecture } from '../model/architecture.js';
import { DIMS, type Problem } from '../model/problem.js';
import { findBestMapping } from './mapper.js';
import { mergeShares, searchShare, type ShareOptions } from './shares.js';
import type { Rank } from './incumbent.js';

const keeps = ['Weights', 'Inputs', 'Outputs'] as const;
const ARRAY: Architecture = {
  levels: [
    { name: 'DRAM', keeps, blockSize: 4, accessEnergyPj: 512, meshX: 1, meshY: 1 },
    { name: 'buffer', keeps, sizeWords: 8192, blockSize: 4, accessEnergyPj: 70, meshX: 8, meshY: 8 },
    { name: 'spad', keeps, sizeWords: 64, blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1 },
  ],
  macs: 64,
  macEnergyPj: 2,
};
const PROBLEM: Problem = { C: 1, M: 96, R: 3, S: 3, P: 32, Q: 32, N: 1, strideP: 1, strideQ: 1 };
const SPREAD = { dims: [...DIMS] };
const FREE = [{}, { spatialX: SPREAD, spatialY: SPREAD }, {}];

const searchAll = (of: number, options: ShareOptions) =>
  Array.from({ length: of }, (_, index) => searchShare(PROBLEM, ARRAY, FREE, { ...options, share: { index, of } }));

/** Makes shares that are searched one after the other tell the later ones what they have found. */
function exchangeOf(): { readonly exchange: NonNullable<ShareOptions['exchange']>; readonly told: () => number } {
  let least: Rank | undefined;
  let told = 0;
  const exchange = (own: Rank | undefined): Rank | undefined => {
    if (own !== undefined) told += 1;
    if (own !== undefined && (least === undefined || own.first < least.first)) least = own;
    return least;
  };
  return { exchange, told: () => told };
}

test('shares with remainders that tell each other what they find come to the mapping of one', () => {
  const odd: Problem = { ...PROBLEM, M: 10, R: 3, S: 1, P: 13, Q: 7 };
  const options = { factors: 'remainders', model: { semantics: 'exact' } } as const;
  const whole = findBestMapping(odd, ARRAY, FREE, options);
  const { exchange, told } = exchangeOf();
  const shares = [0, 1, 2].map((index) =>
    searchShare(odd, ARRAY, FREE, { ...options, exchange, share: { index, of: 3 } }),
  );
  expect(told()).toBeGreaterThan(0);
  expect(whole.found).toBe(true);
  expect(mergeShares(shares)).toMatchObject(
    whole.found ? { mapping: whole.mapping, evaluation: whole.evaluation, proven: true } : {},
  );
});

describe.each(['cycles-then-energy', 'edp'] as const)('shares by %s', (objective) => {
  const whole = findBestMapping(PROBLEM, ARRAY, FREE, { objective });

  test.each([2, 3, 7])('%i that tell each other what they find come to the mapping of one', (of) => {
    const { exchange, told } = exchangeOf();
    expect(mergeShares(searchAll(of, { objective, exchange }))).toMatchObject({
      ...(whole.found ? { mapping: whole.mapping, evaluation: whole.evaluation } : {}),
      ...{ found: true, proven: true, gap: 0 },
    });
    expect(told()).toBeGreaterThan(0);
  });

  test('what another share has found rules out what is worse', () => {
    const considered = (options: ShareOptions): number =>
      searchAll(2, { objective, ...options }).reduce((sum, { counts }) => sum + counts.considered, 0);
    const best = searchShare(PROBLEM, ARRAY, FREE, { objective }).best?.rank;
    expect(considered({ exchange: () => best })).toBeLessThan(considered({}));
  });
});
