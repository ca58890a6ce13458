import { expect, test } from 'vitest';
import { DENSE_CONSTRAINTS } from '../../test/dense-mapspace.js';
import { ARCHITECTURES } from '../../test/golden.js';
import type { Progress } from './effort.js';
import { findBestMapping, findParetoMappings, type MapperOptions } from './mapper.js';
import type { BestMapping } from './results.js';

const dense = ARCHITECTURES['dense']!;
const problem = { C: 96, M: 576, R: 1, S: 1, P: 16, Q: 16, N: 1, strideP: 1, strideQ: 1 };
const search = (options: MapperOptions) => findBestMapping(problem, dense, DENSE_CONSTRAINTS, options);
const found = (options: MapperOptions): BestMapping => {
  const result = search(options);
  if (!result.found) throw new Error(result.message);
  return result;
};
const optimum = found({});

test('a stopped search tells how far from the optimum it may be', () => {
  let gap = Infinity;
  let stopped = 0;
  for (const evaluations of [100, 200, 400, 800, 1600, 1e6]) {
    const result = found({ budget: { evaluations } });
    const { evaluation, lowerBound, proven } = result;
    expect(result.considered).toBeLessThanOrEqual(evaluations);
    if (!proven) stopped++;
    const [own, best] =
      lowerBound.of === 'cycles'
        ? [evaluation.cycles, optimum.evaluation.cycles]
        : [evaluation.energyPj, optimum.evaluation.energyPj];
    expect(lowerBound.value).toBeLessThanOrEqual(best);
    expect(own).toBeGreaterThanOrEqual(best);
    expect(result.gap).toBeCloseTo(own / lowerBound.value - 1, 12);
    expect(result.gap).toBeLessThanOrEqual(gap);
    gap = result.gap;
    expect(found({ budget: { evaluations } })).toEqual(result);
  }
  expect(stopped).toBeGreaterThan(2);
  expect(gap).toBe(0);
});

test('the full search proves its result', () => {
  const { proven, gap, lowerBound, evaluation, pruned, considered } = optimum;
  expect({ proven, gap, lowerBound }).toEqual({
    proven: true,
    gap: 0,
    lowerBound: { of: 'energyPj', value: evaluation.energyPj },
  });
  expect(pruned).toBeGreaterThan(0);
  expect(pruned).toBeLessThan(considered);
});

test('signals, clocks and progress are looked at while it searches', () => {
  const free = dense.levels.map(() => ({}));
  const large = { ...problem, R: 3, S: 3 };
  const progress: Progress[] = [];
  const signal = { aborted: false };
  const options = {
    signal,
    onProgress: (p: Progress) => {
      progress.push(p);
      signal.aborted = progress.length === 3;
    },
  };
  expect(findBestMapping(large, dense, free, options)).toMatchObject({ considered: 3 * 4096 });
  expect(progress.map(({ considered }) => considered)).toEqual([4096, 8192, 12288]);
  let now = 0;
  const clock = (): number => (now += 100);
  expect(findBestMapping(large, dense, free, { budget: { seconds: 0.35 }, clock })).toMatchObject({
    considered: 4 * 4096,
  });
  expect(() => search({ budget: { seconds: 1 } })).toThrow('a budget in seconds needs a clock');
});

test('a search that is stopped before it found anything says so', () => {
  const message = 'the search was stopped before it found a mapping';
  expect(search({ budget: { evaluations: 1 } })).toEqual({ found: false, cause: 'stopped', message });
  expect(findParetoMappings(problem, dense, DENSE_CONSTRAINTS, { budget: { evaluations: 1 } })).toMatchObject({
    found: false,
  });
});
