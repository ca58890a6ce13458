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
