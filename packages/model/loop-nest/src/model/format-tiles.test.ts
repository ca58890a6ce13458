import { expect, test } from 'vitest';
import { ARCHITECTURES } from '../../test/golden.js';
import { evaluate } from './evaluate.js';
import { parseMapping } from './format.js';
import { formatTiles } from './format-tiles.js';

/** By hand: a 3x3 window for each of 8 x 8 outputs a stride of 1 apart, 8 input channels one by one, 2 output channels. */
test('the words each level holds, and of how many', () => {
  const main = ARCHITECTURES['archon_main']!;
  const problem = { C: 8, M: 2, R: 3, S: 3, P: 32, Q: 32, N: 1, strideP: 1, strideQ: 1 };
  const mapping = parseMapping('L4[WIO] Q4 M2 - L3[IO] P4 C8 P8X - L2[] Q1 Q8Y - L1[I] Q1 - L0[O] S3 R3', main);
  const [, glb, , inputs, outputs] = main.levels.map(({ sizeWords }) => sizeWords);
  expect(formatTiles(evaluate(problem, main, mapping), main)).toBe(
    `W${8 * 2 * 3 * 3} I${8 * 34 * 34} O${2 * 32 * 32} - ` +
      `I${8 * 34 * 10} O${32 * 8} / ${glb} - none - I${3 * 3} / ${inputs} - O1 / ${outputs}`,
  );
});

/** By hand: 7,680 words of inputs and 256 of outputs take the room of 3,840 + 256 = 4,096 words, so of 10,240 such words 19,840. */
test('of how many where words are packed: as many as there were room for in the same mix', () => {
  const level = { name: 'L', blockSize: 4, accessEnergyPj: 1, meshX: 1, meshY: 1 };
  const architecture = {
    levels: [
      { ...level, keeps: ['Weights', 'Inputs', 'Outputs'] as const },
      { ...level, keeps: ['Inputs', 'Outputs'] as const, sizeWords: 10240, packing: { Inputs: 2 } },
    ],
    macs: 1,
    macEnergyPj: 1,
  };
  const problem = { C: 30, M: 1, R: 1, S: 1, P: 16, Q: 16, N: 1, strideP: 1, strideQ: 1 };
  const mapping = parseMapping('L1[WIO] C1 - L0[IO] C30 P16 Q16', architecture);
  expect(formatTiles(evaluate(problem, architecture, mapping), architecture)).toBe(
    'W30 I7680 O256 - I7680 O256 / 19840',
  );
});
