import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aNest } from '../../test/nest-cases.js';
import { parseProblem } from '../../test/golden.js';
import type { Architecture } from './architecture.js';
import { evaluate } from './evaluate.js';
import type { Evaluation } from './evaluation.js';
import { parseMapping } from './format.js';
import { DATA_SPACES } from './problem.js';

const level = { blockSize: 1, accessEnergyPj: 1, meshX: 64, meshY: 64, keeps: DATA_SPACES };
const twoLevels: Architecture = {
  levels: [
    { name: 'outer', ...level },
    { name: 'inner', ...level },
  ],
  macs: 1,
  macEnergyPj: 1,
};

function inputFills(problem: string, mapping: string): readonly (number | undefined)[] {
  const loops = parseMapping(mapping, twoLevels);
  return (['timeloop', 'exact'] as const).map(
    (semantics) => evaluate(parseProblem(problem), twoLevels, loops, { semantics }).levels[1]!.accesses.Inputs?.fills,
  );
}

test('a loop that wraps goes back the whole way', () => {
  // The tile is one word: 6 for each of the 3 x 2 x 2 passes over Q. Judged from the second column the step of S, from column 1 to 1,
  // seems not to move it.
  expect(inputFills('N2 M3 S2 Q6', 'L1[WIO] M3 N2 S2 Q6 - L0[WIO]')).toEqual([66, 72]);
});

test('rows that two moves share are not fetched again', () => {
  expect(inputFills('M2 R3 S3 P4 /2', 'L1[WIO] P4 R3 - L0[WIO] M2 S3')).toEqual([36, 27]);
});

test('positions that a stride leaves out are no words', () => {
  // Rows 0 3 6 9 of ten; three more each time.
  expect(inputFills('P8 /3', 'L1[WIO] P2 - L0[WIO] P4')).toEqual([10 + 10, 4 + 4]);
});

test('remainders: the last tile is smaller, and its instances idle', () => {
  const architecture = { ...twoLevels, macs: 4 };
  const mapping = parseMapping('L1[WIO] M2 N2 C2X M2Y - L0[WIO] C2', architecture);
  const result = evaluate(parseProblem('C3 M3 N2'), architecture, mapping, { semantics: 'exact' });
  // The first instance works for M2 N2 C2 iterations; with 18 of 8 x 4 MACs at work.
  expect(result).toMatchObject({ macs: 18, computeCycles: 8, cycles: 8, utilization: 18 / (8 * 4) });
  const [outer, inner] = result.levels;
  expect(inner?.instances).toBe(4);
  // Instances have 2 or 1 channels, of 2 or 1 filters: 3 x 3 weights, and 3 inputs for each N and M, at two instances along M or at one.
  expect(inner?.accesses.Weights).toMatchObject({ fills: 4, totalFills: 9, totalReads: 18 });
  expect(inner?.accesses.Inputs).toMatchObject({ fills: 8, totalFills: 3 * (2 * 2 + 1 * 2) });
  // What both along M take is read once.
  expect(outer?.accesses.Inputs).toMatchObject({ reads: 12 });
});

test('halo sharing: neighbours get common rows by one read', () => {
  const mapping = parseMapping('L1[WIO] P2 P2X - L0[WIO] P2 R3', twoLevels);
  const reads = (haloSharing: boolean): number | undefined =>
    evaluate(parseProblem('P8 R3'), twoLevels, mapping, { semantics: 'exact', haloSharing }).levels[0]?.accesses.Inputs
      ?.reads;
  // Windows of 4 rows, 2 apart, move by 4: two instances fetch 4 rows each, twice; together they hold 6, of which 2 stay.
  expect(reads(false)).toBe(16);
  expect(reads(true)).toBe(6 + 4);
  expect(() => evaluate(parseProblem('P8 R3'), twoLevels, mapping, { haloSharing: true })).toThrow('exact semantics');
});

const UNSTRIDED = { strideP: 1, strideQ: 1, dilationR: 1, dilationS: 1 };
const nests = fc.sample(aNest({ iterations: 600, remainders: false }), { numRuns: 3000, seed: 12 });

test('without windows that slide, strides and dilations both semantics are one', () => {
  const rigid = nests.filter(({ problem: { P, Q, R, S } }) => (P === 1 || R === 1) && (Q === 1 || S === 1));
  expect(rigid.length).toBeGreaterThan(1000);
  for (const { problem, architecture, mapping } of rigid) {
    const plain = { ...problem, ...UNSTRIDED };
    expect(evaluate(plain, architecture, mapping, { semantics: 'exact' })).toEqual(
      evaluate(plain, architecture, mapping),
    );
  }
});

/** The README of the package states these figures. */
test('how often the semantics differ where windows slide', () => {
  const sliding = nests.filter(({ problem: { P, Q, R, S } }) => (P > 1 && R > 1) || (Q > 1 && S > 1));
  const fills = ({ levels }: Evaluation): number[] => levels.map(({ accesses }) => accesses.Inputs?.fills ?? 0);
  const shares = [UNSTRIDED, {}].map((same) => {
    const differ = sliding.filter(({ problem, architecture, mapping }) => {
      const own = { ...problem, ...same };
      const exact = fills(evaluate(own, architecture, mapping, { semantics: 'exact' }));
      return fills(evaluate(own, architecture, mapping)).some((words, l) => words !== exact[l]);
    });
    return differ.length / sliding.length;
  });
  expect(shares[0]).toBeCloseTo(0.05, 1);
  expect(shares[1]).toBeCloseTo(0.34, 1);
});
