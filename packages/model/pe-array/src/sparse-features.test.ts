import { evaluate, type Architecture, type Mapping, type Problem } from '@archon-dse/loop-nest';
import { evaluateSparse, type SparseEvaluation, type SparseFeatures, type Zeros } from '@archon-dse/sparse-features';
import { describe, expect, it } from 'vitest';
import { expectedPasses, sparsePasses } from './sparse-passes.js';
import { LEVELS, maskWith, readPublished } from './test-fixtures.js';

const names = ['DRAM', 'shared_glb', 'columns', 'ifmap_spad', 'weights_spad', 'psum_spad'];
const architecture: Architecture = {
  levels: LEVELS.map((level, at) => ({ ...level, name: names[at] ?? '', meshX: 1024, meshY: 1024 })),
  macs: 72,
  macEnergyPj: 1,
};
/** The array that skips zero weights, as features. */
const FEATURES: SparseFeatures = { compute: { skipping: { level: 'ifmap_spad', on: ['Weights'] } } };

/** The nest that a mapping is of; a depthwise layer is mapped with its channels in M. */
function problemOf(mapping: Mapping): Problem {
  const bound = (dim: string): number =>
    mapping.flat().reduce((product, loop) => (loop.dim === dim ? product * loop.bound : product), 1);
  const [C, M, R, S, P, Q, N] = ['C', 'M', 'R', 'S', 'P', 'Q', 'N'].map(bound) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { C, M, R, S, P, Q, N, strideP: 1, strideQ: 1 };
}

function run(mapping: Mapping, weights: Zeros): SparseEvaluation {
  const problem = problemOf(mapping);
  const evaluation = evaluate(problem, architecture, mapping);
  return evaluateSparse({ problem, architecture, mapping, evaluation }, FEATURES, { Weights: weights }, 16);
}

describe('the published sparse layers, by passes and by features', () => {
  const layers = readPublished();

  it.each(layers.filter(({ counts }) => counts.length > 0))('$name: the same by masks', ({ mapping, counts }) => {
    const mask = maskWith(mapping, counts);
    const passes = sparsePasses(mapping, mask);
    const { computeCycles, idealCycles, macs } = run(mapping, { kind: 'mask', values: mask });
    expect(computeCycles).toBe(passes.cycles);
    expect(idealCycles).toBeCloseTo(passes.idealCycles, 6);
    expect(macs.full).toBeCloseTo(passes.nonZeroMacs, 3);
  });

  it.each(layers)('$name: the same as an expectation', ({ mapping }) => {
    const { computeCycles } = run(mapping, { kind: 'independent', density: 0.2 });
    expect(computeCycles).toBeCloseTo(expectedPasses(mapping, 0.2).cycles, 3);
  });
});
