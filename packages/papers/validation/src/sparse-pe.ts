import type { Problem } from '@archon-dse/loop-nest';
import type { SparseFeatures, Zeros, ZerosBySpace } from '@archon-dse/sparse-features';
import type { Comparison } from './comparison.js';
import { EYERISS_V2_PE_COUNTS, type ChannelCounts } from './data/eyeriss-v2-counts.js';
import { EYERISS_V2_PE, type SparseLayer } from './data/eyeriss-v2-pe.js';
import { levelsOf, runSparse } from './sparse-run.js';

const PE = levelsOf({
  DRAM: ['Weights', 'Inputs', 'Outputs'],
  iact_spad: ['Inputs'],
  weight_spad: ['Weights'],
  psum_spad: ['Outputs'],
});

/** Both operands come with run lengths of 4 bit, and zeros of either are skipped. */
const FEATURES: SparseFeatures = {
  formats: [
    { level: 'iact_spad', tensor: 'Inputs', ranks: [{ format: 'run-length', dims: ['C'], bits: 4 }] },
    {
      level: 'weight_spad',
      tensor: 'Weights',
      ranks: [
        { format: 'offset', dims: ['C'], bits: 7 },
        { format: 'run-length', dims: ['M'], bits: 4 },
      ],
    },
  ],
  compute: { skipping: { level: 'iact_spad', on: ['Inputs', 'Weights'] } },
};

/** Sparse pointwise layers on one PE of Eyeriss v2. */
export function sparsePe(): Comparison {
  return {
    title: 'Eyeriss v2, one PE, sparse MobileNet',
    source:
      'Y. N. Wu et al., Sparseloop, MICRO 2022, artifact: set-up of figure 12, baseline from a simulation of the PE',
    validates:
      'Skipping by both operands: how well densities alone stand for the real zeros, and that with the real zeros nothing is missing. Waiting ' +
      'for the slowest PE does not occur with one PE.',
    assumptions: [
      'A PE is busy once for every pair of non-zero operands that meet.',
      'By densities: as published, to two digits, zeros anywhere in a tensor.',
      'By real zeros: masks with the non-zero words of each channel of the published masks; where in its channel a word is does not matter to one PE.',
      'Not compared: 20 layers without published zeros. The baseline of seven of them, depthwise ones, takes every product, zero or not.',
    ],
    layers: EYERISS_V2_PE.map((layer) => ({
      layer: layer.name,
      figures: [
        { quantity: 'cycles, by densities', published: layer.cycles, modelled: cyclesOf(layer, densitiesOf(layer)) },
        { quantity: 'cycles, by real zeros', published: layer.cycles, modelled: cyclesOf(layer, masksOf(layer)) },
      ],
    })),
  };
}

function cyclesOf({ C, M, plane }: SparseLayer, zeros: ZerosBySpace): number {
  const problem: Problem = { C, M, R: 1, S: 1, P: plane, Q: plane, N: 1, strideP: 1, strideQ: 1 };
  const mapping = `L3[WIO] P${plane} Q${plane} - L2[I] C${C} - L1[W] M${M} - L0[O]`;
  return runSparse(problem, PE, mapping, { features: FEATURES, zeros, wordBits: 8 }).sparse.computeCycles;
}

function densitiesOf({ inputDensity, weightDensity }: SparseLayer): ZerosBySpace {
  return { Inputs: { kind: 'uniform', density: inputDensity }, Weights: { kind: 'uniform', density: weightDensity } };
}

/** In each channel as many words as counted, the first ones. */
function masksOf({ name, C, M, plane }: SparseLayer): ZerosBySpace {
  const { inputs, weights } = EYERISS_V2_PE_COUNTS[name] ?? { inputs: '', weights: '' };
  const [inputCounts, weightCounts] = [countsOf(inputs), countsOf(weights)];
  const mask = (words: number, isSet: (at: number) => boolean): Zeros => ({
    kind: 'mask',
    values: Uint8Array.from({ length: words }, (_, at) => Number(isSet(at))),
  });
  const positions = plane ** 2;
  return {
    Inputs: mask(C * positions, (at) => at % positions < (inputCounts[Math.floor(at / positions)] ?? 0)),
    Weights: mask(M * C, (at) => Math.floor(at / C) < (weightCounts[at % C] ?? 0)),
  };
}

function countsOf(digits: ChannelCounts['inputs']): readonly number[] {
  return (digits.match(/../g) ?? []).map((count) => Number.parseInt(count, 36));
}
