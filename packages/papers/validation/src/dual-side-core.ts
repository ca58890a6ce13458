import type { ComputeSkipping, SparseFeatures, TensorFormat, Zeros } from '@archon-dse/sparse-features';
import type { Comparison } from './comparison.js';
import { DUAL_SIDE_CORE, DUAL_SIDE_PRODUCTS, type DualSideProduct } from './data/dual-side-core.js';
import { levelsOf, matrixProduct, runSparse } from './sparse-run.js';

const CORE = levelsOf({
  DRAM: ['Weights', 'Inputs', 'Outputs'],
  GLB: ['Weights', 'Inputs'],
  buffer: ['Outputs'],
  lines: ['Weights', 'Inputs'],
});

/** Words that the shared memory of four cores gives in a cycle. */
const SHARED_WORDS = 42;
const CORES = {
  ...CORE,
  levels: CORE.levels.map((level) => (level.name === 'GLB' ? { ...level, readBandwidth: SHARED_WORDS } : level)),
};

const SKIPPING: ComputeSkipping = {
  level: 'lines',
  on: ['Weights', 'Inputs'],
  pack: { Weights: ['M'], Inputs: ['P'] },
};

/** Bitmasks of 32 words; those of A that are not zero go 8 at a time to the multipliers, those of B 16 at a time. */
const BITMASKS: readonly TensorFormat[] = [
  { level: 'lines', tensor: 'Weights', ranks: [{ format: 'bitmask', dims: ['M'] }] },
  { level: 'lines', tensor: 'Inputs', ranks: [{ format: 'bitmask', dims: ['P'] }] },
];
const FEATURES: SparseFeatures = { formats: BITMASKS, compute: { skipping: SKIPPING } };
const MAPPING = 'L3[WIO] M128 P128 - L2[WI] - L1[O] C4096 - L0[WI] M4 P2 M8X P16Y';

/** Matrix products with zeros in both matrices, as an outer product a step. */
export function dualSideCore(): Comparison {
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

/** Layers of a network on four such cores of 16 x 16 multipliers, against Timeloop. */
export function dualSideProducts(): Comparison {
  return {
    title: 'Timeloop, dual-side sparse tensor core, ResNet-50',
    source: 'Y. N. Wu et al., Sparseloop, MICRO 2022, artifact: reference outputs of figure 15, design DSTC',
    validates: 'The same rule on layers of a network, four cores at once, in the mappings of the reference.',
    assumptions: [
      'Zeros anywhere; a core takes ceil(n / 16) turns for the words of a column and of a row, and waits for the others after all K steps.',
      'The shared memory gives 42 words of 8 bit a cycle, bitmasks among them, as in the reference; memory outside never limits.',
    ],
    layers: DUAL_SIDE_PRODUCTS.map((product) => ({
      layer: `${product.M} x ${product.K} x ${product.N}, ${product.weights} and ${product.inputs}`,
      figures: [{ quantity: 'cycles', published: product.cycles, modelled: productCycles(product) }],
    })),
  };
}

function productCycles({ M, K, N, weights, inputs, column, row }: DualSideProduct): number {
  const outer = `L3[WIO] - L2[WI] M${M / 2 / column} P${N / 2 / row} M2X P2Y`;
  const mapping = `${outer} - L1[O] C${K} - L0[WI] M${column / 16} P${row / 16} M16X P16Y`;
  const features = {
    formats: [...BITMASKS, ...BITMASKS.map((format) => ({ ...format, level: 'GLB' }))],
    compute: { skipping: { ...SKIPPING, level: 'buffer' } },
  };
  const zeros = { Weights: density(weights), Inputs: density(inputs) };
  return runSparse(matrixProduct(M, K, N), CORES, mapping, { features, zeros, wordBits: 8 }).sparse.cycles;
}

function density(share: number): Zeros {
  return { kind: 'uniform', density: share };
}
