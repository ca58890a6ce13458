import type { SparseFeatures, Zeros } from '@archon-dse/sparse-features';
import type { Comparison } from './comparison.js';
import { DUAL_SIDE_CORE } from './data/dual-side-core.js';
import { levelsOf, matrixProduct, runSparse } from './sparse-run.js';

const CORE = levelsOf({
  DRAM: ['Weights', 'Inputs', 'Outputs'],
  GLB: ['Weights', 'Inputs'],
  buffer: ['Outputs'],
  lines: ['Weights', 'Inputs'],
});

/** Bitmasks of 32 words; those of A that are not zero go 8 at a time to the multipliers, those of B 16 at a time. */
const FEATURES: SparseFeatures = {
  formats: [
    { level: 'lines', tensor: 'Weights', ranks: [{ format: 'bitmask', dims: ['M'] }] },
    { level: 'lines', tensor: 'Inputs', ranks: [{ format: 'bitmask', dims: ['P'] }] },
  ],
  compute: { skipping: { level: 'lines', on: ['Weights', 'Inputs'], pack: { Weights: ['M'], Inputs: ['P'] } } },
};
const MAPPING = 'L3[WIO] M128 P128 - L2[WI] - L1[O] C4096 - L0[WI] M4 P2 M8X P16Y';

/** Matrix products with zeros in both matrices, as an outer product a step. */
export function dualSideCore(): Comparison {
  const density = (share: number): Zeros => ({ kind: 'uniform', density: share });
  const cycles = (a: number, b: number): number =>
    runSparse(matrixProduct(4096, 4096, 4096), CORE, MAPPING, {
      features: FEATURES,
      zeros: { Weights: density(a), Inputs: density(b) },
      wordBits: 16,
    }).sparse.computeCycles;
  const dense = DUAL_SIDE_CORE.find(({ a, b }) => a === 1 && b === 1)?.time ?? 1;
  return {
    title: 'Dual-side sparse tensor core',
    source:
      'Y. Wang et al., Dual-side Sparse Tensor Core, ISCA 2021, figure 21, read in the artifact of Sparseloop (MICRO 2022)',
    validates:
      'Packed lanes of two operands: time relative to dense matrices. A step multiplies 32 words of a column of A by 32 of a row of B on 8 x 16 ' +
      'multipliers, zeros left out.',
    assumptions: [
      'Zeros anywhere; n words of a column take ceil(n / 8) turns, those of a row ceil(n / 16), expected over tiles.',
      'One core; loading and storing never limit. The published figure is of a whole GPU, and includes all it waits for.',
    ],
    layers: DUAL_SIDE_CORE.filter(({ a, b }) => a < 1 || b < 1).map(({ a, b, time }) => ({
      layer: `A ${a}, B ${b}`,
      figures: [{ quantity: 'time, dense = 1', published: time / dense, modelled: cycles(a, b) / cycles(1, 1) }],
    })),
  };
}
