import { expect, test } from 'vitest';
import { DENSE_CONSTRAINTS } from '../../test/dense-mapspace.js';
import { ARCHITECTURES } from '../../test/golden.js';
import { mappingKey } from './mapper-key.js';
import { DIMS } from '../model/problem.js';

const dense = ARCHITECTURES['dense']!;
const problem = { C: 16, M: 96, R: 1, S: 1, P: 32, Q: 32, N: 1, strideP: 1, strideQ: 1 };
const key = mappingKey(problem, dense, DENSE_CONSTRAINTS);

test('defaults and the order of keys and data spaces do not matter', () => {
  const reversed = Object.fromEntries(Object.entries(problem).reverse()) as typeof problem;
  const levels = dense.levels.map((level) => ({ ...level, keeps: [...level.keeps].reverse() }));
  expect(mappingKey({ ...reversed, dilationR: 1, depthwise: false }, dense, DENSE_CONSTRAINTS)).toBe(key);
  expect(mappingKey(problem, { ...dense, levels }, DENSE_CONSTRAINTS, 'cycles-then-energy')).toBe(key);
  const free = [{}, {}, {}, {}, {}, {}];
  expect(
    mappingKey(
      problem,
      dense,
      free.map(() => ({ temporalDims: DIMS })),
    ),
  ).toBe(mappingKey(problem, dense, free));
});

test('everything the answer depends on matters', () => {
  const [first, ...others] = dense.levels;
  const keys = [
    key,
    mappingKey({ ...problem, Q: 16 }, dense, DENSE_CONSTRAINTS),
    mappingKey({ ...problem, C: 1 }, dense, DENSE_CONSTRAINTS),
    mappingKey({ ...problem, C: 1, depthwise: true }, dense, DENSE_CONSTRAINTS),
    mappingKey({ ...problem, dilationS: 2 }, dense, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, macs: 64 }, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, levels: [{ ...first!, readBandwidth: 4 }, ...others] }, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, levels: [{ ...first!, writeBandwidth: 4 }, ...others] }, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, levels: [{ ...first!, packing: { Inputs: 2 } }, ...others] }, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, completePacking: 2 }, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, leakagePjPerCycle: 1 }, DENSE_CONSTRAINTS),
    mappingKey(problem, { ...dense, levels: [{ ...first!, doubleBuffered: true }, ...others] }, DENSE_CONSTRAINTS),
    mappingKey({ ...problem, G: 2 }, dense, DENSE_CONSTRAINTS),
    mappingKey(problem, dense, [{ order: ['Q', 'C'] }, ...DENSE_CONSTRAINTS.slice(1)]),
    mappingKey(problem, dense, DENSE_CONSTRAINTS, 'edp'),
    mappingKey(problem, dense, DENSE_CONSTRAINTS, 'cycles-then-energy', { semantics: 'exact' }),
    mappingKey(problem, dense, DENSE_CONSTRAINTS, 'cycles-then-energy', { semantics: 'exact', factors: 'remainders' }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
