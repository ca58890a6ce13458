import {
  evaluate,
  parseMapping,
  type Architecture,
  type Evaluation,
  type Mapping,
  type Problem,
} from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { allMasks, masksOf } from '../test/all-masks.js';
import { evaluateSparse } from './evaluate-sparse.js';
import type { SparseFeatures } from './features.js';
import type { SparseEvaluation } from './sparse-evaluation.js';
import type { Zeros } from './zeros.js';

const ALL = ['Weights', 'Inputs', 'Outputs'] as const;
const level = { blockSize: 1, accessEnergyPj: 1, meshX: 8, meshY: 8 };
const architecture: Architecture = {
  levels: ['DRAM', 'buffer', 'PE'].map((name) => ({ ...level, name, keeps: ALL })),
  macs: 4,
  macEnergyPj: 1,
};
const problem: Problem = { C: 2, M: 2, R: 1, S: 1, P: 2, Q: 1, N: 1, strideP: 1, strideQ: 1 };
const wide: Problem = { ...problem, C: 1, M: 4, P: 3 };

const evaluations = new Map<Mapping, Evaluation>();

function run(
  problem: Problem,
  mapping: Mapping,
  features: SparseFeatures,
  weights: Zeros,
  inputs: Zeros,
): SparseEvaluation {
  const known = evaluations.get(mapping) ?? evaluate(problem, architecture, mapping);
  evaluations.set(mapping, known);
  const dense = { problem, architecture, mapping, evaluation: known };
  return evaluateSparse(dense, features, { Weights: weights, Inputs: inputs }, 8);
}

/** Every figure of an evaluation. */
function figures({ macs, computeCycles, idealCycles, levels }: SparseEvaluation): number[] {
  const accesses = levels.flatMap((own) => Object.values(own.accesses));
  const counts = accesses.flatMap(({ reads, updates, fills, metadataBits, stored }) => [
    ...[reads, updates, fills].flatMap(({ full, gated, skipped }) => [full, gated, skipped]),
    // With masks metadata follow the words of all tiles together, so only those of a tile are linear in the masks.
    stored === undefined ? metadataBits : stored.mean.metadataBits,
    stored?.mean.words ?? 0,
  ]);
  return [macs.full, macs.gated, macs.skipped, computeCycles, idealCycles, ...counts];
}

function average(all: readonly { chance: number; values: number[] }[]): number[] {
  return all[0]!.values.map((_, at) => all.reduce((sum, { chance, values }) => sum + chance * values[at]!, 0));
}

const bitmask = { format: 'bitmask', dims: ['M', 'C'] } as const;
const features: SparseFeatures = {
  formats: [
    { level: 'DRAM', tensor: 'Weights', ranks: [bitmask] },
    {
      level: 'buffer',
      tensor: 'Weights',
      ranks: [
        { format: 'offset', dims: ['M'], bits: 3 },
        { format: 'coordinate', dims: ['C'] },
      ],
    },
    { level: 'buffer', tensor: 'Inputs', ranks: [{ format: 'run-length', dims: ['C', 'P'], bits: 1 }] },
    {
      level: 'PE',
      tensor: 'Weights',
      ranks: [
        { format: 'bitmask', dims: ['M'] },
        { format: 'coordinate', dims: ['C'] },
      ],
    },
  ],
  skipping: [{ level: 'buffer', tensor: 'Weights', on: ['Inputs'] }],
  gating: [{ level: 'PE', tensor: 'Outputs', on: ['Inputs', 'Weights'] }],
  compute: { gating: ['Inputs'], skipping: { level: 'PE', on: ['Weights'] } },
};
const two = { ...features, compute: { skipping: { level: 'PE', on: ['Weights', 'Inputs'] } } } as const;
const packed = {
  ...features,
  compute: { skipping: { level: 'PE', on: ['Weights', 'Inputs'], pack: { Weights: ['M'], Inputs: ['P'] } } },
} as const satisfies SparseFeatures;

const ONE = parseMapping('L2[WIO] P2 - L1[WIO] C2 - L0[WIO] M2', architecture);
const LOCK_STEP = parseMapping('L2[WIO] C2 - L1[WIO] P2 - L0[WIO] M2X', architecture);
const PES = parseMapping('L2[WIO] P2 - L1[WIO] M2X - L0[WIO] C2', architecture);
const LANES = parseMapping('L2[WIO] - L1[WIO] - L0[WIO] M2 P3 M2X', architecture);

function compare(
  layer: Problem,
  mapping: Mapping,
  own: SparseFeatures,
  models: [Zeros, Zeros],
  masks: ReturnType<typeof allMasks>[],
): void {
  const [weights, inputs] = masks;
  const values = weights!.flatMap((w) =>
    inputs!.map((i) => ({
      chance: w.chance * i.chance,
      values: figures(run(layer, mapping, own, { kind: 'mask', values: w.values }, { kind: 'mask', values: i.values })),
    })),
  );
  const expected = figures(run(layer, mapping, own, ...models));
  average(values).forEach((value, at) => {
    expect(expected[at]).toBeCloseTo(value, 8);
  });
}

describe('expected figures are the average over every mask', () => {
  const independent = (density: number): Zeros => ({ kind: 'independent', density });
  it.each([
    ['one PE', problem, ONE, features],
    ['both operands', problem, ONE, two],
    ['lanes in lock step', problem, LOCK_STEP, features],
    ['PEs with weights of their own', problem, PES, features],
    ['packed lanes of both', wide, LANES, packed],
  ])('%s, each word by itself', (_, layer, mapping, own) => {
    const masks = [allMasks(4, 0.4), allMasks(layer.C * layer.P, 0.7)];
    compare(layer, mapping, own, [independent(0.4), independent(0.7)], masks);
  });

  it.each([
    ['one PE', problem, ONE, { ...features, formats: features.formats!.slice(0, 2) }, 1],
    ['packed lanes of both', wide, LANES, { ...packed, formats: features.formats!.slice(0, 2) }, 2],
  ])('%s, so many words of all', (_, layer, mapping, own, set) => {
    const inputs = layer.C * layer.P;
    const uniform = (count: number, words: number): Zeros => ({ kind: 'uniform', density: count / words });
    compare(layer, mapping, own, [uniform(3, 4), uniform(set, inputs)], [masksOf(4, 3), masksOf(inputs, set)]);
  });
});

describe('two of four', () => {
  const layer: Problem = { C: 8, M: 2, R: 1, S: 1, P: 3, Q: 1, N: 1, strideP: 1, strideQ: 1 };
  const mapping = parseMapping('L2[WIO] P3 - L1[WIO] M2 - L0[WIO] C2 C4X', architecture);
  const core: SparseFeatures = {
    compute: {
      skipping: { level: 'PE', on: ['Weights'], pack: { Weights: ['C'] }, block: { positions: 4, slots: 2 } },
    },
  };
  const cycles = (weights: Zeros): number => {
    const evaluation = evaluate(layer, architecture, mapping);
    const dense = { problem: layer, architecture, mapping, evaluation };
    return evaluateSparse(dense, core, { Weights: weights }, 8).computeCycles;
  };

  it('takes half the cycles of dense weights, which take all', () => {
    expect(cycles({ kind: 'structured', dim: 'C', keep: 2, of: 4 })).toBe(6);
    expect(cycles({ kind: 'mask', values: Uint8Array.from([1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0]) })).toBe(6);
    expect(cycles({ kind: 'uniform', density: 1 })).toBe(12);
  });

  it('does half of the products, on lanes of several outputs in lock step, too', () => {
    const lanes = parseMapping('L2[WIO] P3 - L1[WIO] - L0[WIO] C2 M2Y C4X', architecture);
    const evaluation = evaluate(layer, architecture, lanes);
    const weights = { kind: 'structured', dim: 'C', keep: 2, of: 4 } as const;
    const sparse = evaluateSparse(
      { problem: layer, architecture, mapping: lanes, evaluation },
      core,
      { Weights: weights },
      8,
    );
    expect([sparse.computeCycles, sparse.macs.full]).toEqual([3, 24]);
  });

  it('waits for the one block that has more', () => {
    expect(cycles({ kind: 'mask', values: Uint8Array.from([1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0]) })).toBe(9);
    expect(cycles({ kind: 'mask', values: new Uint8Array(16) })).toBe(6);
  });
});
