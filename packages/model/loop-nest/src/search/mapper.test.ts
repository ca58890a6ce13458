import { describe, expect, test } from 'vitest';
import { DENSE_CONSTRAINTS, DENSE_OPTIMA } from '../../test/dense-mapspace.js';
import { ARCHITECTURES } from '../../test/golden.js';
import type { Architecture } from '../model/architecture.js';
import { checkMapping } from '../model/check.js';
import { findBestMapping } from './mapper.js';
import type { BestMapping } from './results.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { mapspaceSize } from './mapspace-size.js';
import type { Problem } from '../model/problem.js';

const dense = ARCHITECTURES['dense']!;
const layer = (bounds: Partial<Problem>): Problem => ({
  ...{ C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 },
  ...bounds,
});

function best(problem: Problem, architecture = dense, constraints = DENSE_CONSTRAINTS): BestMapping {
  const result = findBestMapping(problem, architecture, constraints);
  if (!result.found) throw new Error(result.message);
  expect(checkMapping(problem, result.architecture, result.mapping)).toBeUndefined();
  return result;
}

describe('published dense mapspace', () => {
  test.each(DENSE_OPTIMA)('$layer', ({ problem, cycles, energyPj, publishedPj }) => {
    const { evaluation } = best(problem);
    expect(evaluation.cycles).toBe(cycles);
    expect(Math.abs(evaluation.energyPj / energyPj - 1)).toBeLessThan(1e-9);
    expect(evaluation.energyPj).toBeLessThan(publishedPj + 0.01);
  });

  /** @source counts and optima of Timeloop's exhaustive search over the same mapspace */
  test.each([
    ['b1 conv', layer({ M: 96, R: 3, S: 3, P: 32, Q: 32 }), { built: 3_780, valid: 999 }, 12_288, '20128580.47'],
    ['b1 decom', layer({ C: 16, M: 96, P: 32, Q: 32 }), { built: 132_300, valid: 40_367 }, 24_576, '25587044.35'],
    ['b1 comp', layer({ C: 96, M: 24, P: 32, Q: 32 }), { built: 235_200, valid: 72_347 }, 32_768, '32263618.56'],
  ])('%s: size and optimum', (_, problem, size, cycles, energyPj) => {
    expect(mapspaceSize(problem, dense, DENSE_CONSTRAINTS)).toEqual(size);
    const { evaluation } = best(problem);
    expect(evaluation.cycles).toBe(cycles);
    expect(evaluation.energyPj.toFixed(2)).toBe(energyPj);
  });

  test('b11 decom: 3.5 million mappings, of which few need to be looked at', () => {
    const problem = layer({ C: 96, M: 576, P: 16, Q: 16 });
    expect(mapspaceSize(problem, dense, DENSE_CONSTRAINTS).built).toBe(3_528_000);
    const { evaluation, considered } = best(problem);
    expect([evaluation.cycles, evaluation.energyPj.toFixed(2)]).toEqual([196_608, '118876471.30']);
    expect(considered).toBeLessThan(10_000);
  });
});

describe('other problems and architectures', () => {
  const withOwn = (level: number, own: MapspaceConstraints[number]): MapspaceConstraints =>
    DENSE_CONSTRAINTS.map((constraint, l) => (l === level ? { ...constraint, ...own } : constraint));
  const resized = (change: Readonly<Record<string, object>>): Architecture => ({
    ...dense,
    levels: dense.levels.map((level) => ({ ...level, ...change[level.name] })),
  });

  test('a single multiplication', () => {
    const { mapping, evaluation } = best(layer({}));
    expect(mapping).toEqual([[], [], [], [], [], []]);
    expect(evaluation.cycles).toBe(1);
  });

  test('fully connected and prime bounds', () => {
    // 1280 x 10 on X <= 8 (M) and Y <= 9 (C, M): M5X and C8Y are the most that divide.
    expect(best(layer({ C: 1280, M: 10 })).evaluation.cycles).toBe((1280 * 10) / (5 * 8));
    // Nothing of 13 x 17 x 11 x 11 divides by a mesh size, so one PE does it all.
    expect(best(layer({ C: 13, M: 17, P: 11, Q: 11 })).evaluation.cycles).toBe(13 * 17 * 11 * 11);
  });

  test('a depthwise layer reads every channel', () => {
    const shape = { M: 96, R: 3, S: 3, P: 16, Q: 16 };
    const [shared, own] = [best(layer(shape)), best({ ...layer(shape), depthwise: true })];
    expect(own.evaluation.cycles).toBe(shared.evaluation.cycles);
    const words = (result: BestMapping) => result.evaluation.levels[0]!.accesses.Inputs!.reads;
    expect(words(own)).toBeGreaterThanOrEqual(96 * 18 * 18);
    expect(words(shared)).toBeLessThan(96 * 18 * 18);
  });

  test('larger meshes give fewer cycles, smaller buffers more energy', () => {
    const problem = layer({ C: 96, M: 24, P: 32, Q: 32 });
    const { cycles, energyPj } = best(problem).evaluation;
    expect(best(problem, resized({ shared_glb: { meshX: 16 } })).evaluation.cycles).toBe(cycles / 2);
    const small = best(problem, resized({ shared_glb: { sizeWords: 4096 } })).evaluation;
    expect(small.cycles).toBe(cycles);
    expect(small.energyPj).toBeGreaterThan(energyPj);
  });

  test('where the array starves, a narrower split may be as fast', () => {
    const problem = layer({ C: 16, M: 24, P: 8, Q: 8 });
    const narrow = resized({ shared_glb: { readBandwidth: 1, writeBandwidth: 1 } });
    const { evaluation } = best(problem, narrow);
    expect(evaluation.cycles).toBeGreaterThan(evaluation.computeCycles);
  });

  test('free loop orders are at least as good as pinned ones', () => {
    const free: MapspaceConstraints = DENSE_CONSTRAINTS.map((level, l) => (l < 2 ? { ...level, order: [] } : level));
    for (const problem of [layer({ C: 96, M: 24, P: 32, Q: 32 }), layer({ C: 3, M: 32, R: 3, S: 3, P: 32, Q: 32 })]) {
      const [pinned, any] = [best(problem).evaluation, best(problem, dense, free).evaluation];
      expect(any.cycles).toBe(pinned.cycles);
      expect(any.energyPj).toBeLessThanOrEqual(pinned.energyPj);
    }
  });

  test('a level is bypassed where that is better, and only if it may be', () => {
    const problem = layer({ C: 64, M: 64 });
    const [keeps, may] = [best(problem, dense), best(problem, dense, withOwn(1, { mayBypass: ['Inputs', 'Outputs'] }))];
    // One output pixel: nothing in the global buffer is ever used twice.
    expect(may.evaluation.energyPj).toBeLessThan(keeps.evaluation.energyPj);
    expect(may.architecture.levels[1]!.keeps).toEqual([]);
    expect(keeps.architecture).toBe(dense);
    expect(() => best(problem, dense, withOwn(0, { mayBypass: ['Inputs'] }))).toThrow('keeps every data space');
  });

  test('limits of factors and of parallelism are kept', () => {
    const problem = layer({ C: 64, M: 64, P: 8 });
    const limited = best(problem, dense, withOwn(5, { most: { M: 4 }, least: { M: 4 } }));
    expect(limited.mapping[5]).toEqual([{ dim: 'M', bound: 4, kind: 'temporal' }]);
    expect(findBestMapping(layer({}), dense, withOwn(1, { minParallelism: 0.5 }))).toMatchObject({
      cause: 'parallelism',
      message: 'shared_glb must spread over 4 instances or more; the spatial factors of the constraints reach 1',
    });
  });

  test('the same call gives the same mapping', () => {
    const problem = layer({ C: 24, M: 144, P: 32, Q: 32 });
    expect(best(problem)).toEqual(best(problem));
  });
});

describe('empty mapspaces say why', () => {
  const none = (problem: Problem, constraints = DENSE_CONSTRAINTS) => findBestMapping(problem, dense, constraints);
  const replace = (level: number, constraint: MapspaceConstraints[number]): MapspaceConstraints =>
    DENSE_CONSTRAINTS.map((own, l) => (l === level ? constraint : own));

  test('a tile too large for a level', () => {
    const main = replace(5, { temporal: { R: 'rest' }, temporalDims: ['M'] });
    expect(none(layer({ R: 20, P: 4 }), replace(4, main[5]!))).toEqual({
      found: false,
      cause: 'capacity',
      level: 'ifmap_spad',
      needs: 20,
      has: 16,
      message: 'ifmap_spad holds 16 words; the smallest tiles the constraints bring it take 20',
    });
  });

  test('a mesh too small', () => {
    expect(none(layer({ S: 11, Q: 4 }))).toEqual({
      found: false,
      cause: 'mesh',
      level: 'DummyBuffer',
      needs: 11,
      has: 9,
      message: 'DummyBuffer has 9 instances along Y; the spatial factors of the constraints take 11 or more',
    });
  });

  test('factors that do not fit a bound', () => {
    const fixed = replace(1, { temporalDims: ['M', 'C'], spatialX: { dims: [], fixed: { P: 8 } } });
    expect(none(layer({ P: 12 }), fixed)).toEqual({
      found: false,
      cause: 'factors',
      message: 'the given factors of P multiply to 8, which does not divide 12',
    });
    expect(none(layer({ P: 16 }), fixed)).toMatchObject({
      cause: 'factors',
      message: 'the given factors of P multiply to 8, not 16, and no level may take the rest',
    });
  });
});
