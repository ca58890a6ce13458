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
