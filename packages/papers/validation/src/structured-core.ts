import type { SparseFeatures, Zeros } from '@archon-dse/sparse-features';
import type { Comparison } from './comparison.js';
import { levelsOf, matrixProduct, runSparse } from './sparse-run.js';

/** M x K x N of layers of ResNet-50 as matrix products, with the cycles of Timeloop for dense weights and for 2:4 weights. */
const PRODUCTS: readonly (readonly [M: number, K: number, N: number, dense: number, structured: number])[] = [
  [128, 1152, 1024, 147_456, 73_728],
  [512, 1024, 256, 131_072, 65_536],
  [512, 128, 1024, 65_536, 32_768],
  [512, 256, 1024, 131_072, 65_536],
];

const CORE = levelsOf({
  DRAM: ['Weights', 'Inputs', 'Outputs'],
  SMEM: ['Weights', 'Inputs'],
  RF: ['Outputs'],
  LRF: ['Weights'],
});

/** Every block of 4 weights along K keeps 2 with coordinates of 2 bit, and goes to 2 multipliers. */
const FEATURES: SparseFeatures = {
  formats: [{ level: 'LRF', tensor: 'Weights', ranks: [{ format: 'coordinate', dims: ['C'], bits: 2 }] }],
  compute: { skipping: { level: 'LRF', on: ['Weights'], pack: { Weights: ['C'] }, block: { positions: 4, slots: 2 } } },
};

/** 2:4 weights on a tensor core of 4 x 16 x 16 multipliers. */
export function structuredCore(): Comparison {
  const cycles = (M: number, K: number, N: number, weights: Zeros): number => {
    const mapping = `L3[WIO] P${N / 64} - L2[WI] M${M / 64} M4Y - L1[O] C${K / 32} - L0[W] P64 C2 M16Y C16X`;
    const run = { features: FEATURES, zeros: { Weights: weights }, wordBits: 8 };
    return runSparse(matrixProduct(M, K, N), CORE, mapping, run).sparse.computeCycles;
  };
  return {
    title: 'Sparse tensor core, 2:4 weights',
    source:
      'Y. N. Wu et al., Sparseloop, MICRO 2022, artifact: reference outputs of figure 15, design STC. NVIDIA, A100 whitepaper, 2020, names the same factor of 2 ' +
      'for peak rates (312 and 624 TFLOPS in FP16)',
    validates:
      'Blocks of weights in lock step: that weights which keep 2 of 4 take half the time, and dense weights on the same hardware no less than all. It says ' +
      'nothing about what real products lose to memory.',
    assumptions: [
      'Loading and storing never limit, as in the reference.',
      'Blocks are aligned; any two of four may be kept.',
    ],
    layers: PRODUCTS.flatMap(([M, K, N, dense, structured]) => {
      const row = (kind: string, published: number, weights: Zeros): Comparison['layers'][number] => ({
        layer: `${M} x ${K} x ${N}, ${kind}`,
        figures: [{ quantity: 'cycles', published, modelled: cycles(M, K, N, weights) }],
      });
      return [
        row('dense', dense, { kind: 'uniform', density: 1 }),
        row('2:4', structured, { kind: 'structured', dim: 'C', keep: 2, of: 4 }),
      ];
    }),
  };
}
