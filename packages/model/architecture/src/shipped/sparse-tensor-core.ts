/** Made of architectures/sparse-tensor-core.yaml by tools/architectures.mjs. */
export const SPARSE_TENSOR_CORE = {
  name: 'Sparse tensor core',
  source:
    'The 2:4 tensor core of Wu et al., Sparseloop, MICRO 2022, artifact, design STC: 4 parts of 16 x 16 multipliers of 8 bit, 256 KiB of shared memory for both operands, 2048 partial sums a part, a weight in each multiplier; after NVIDIA, A100 whitepaper, 2020. Of four weights along the input channels two go to two multipliers, with their places in two bits each; weights that keep more go at the dense rate.',
  technology: '45nm',
  wordBits: 8,
  levels: [
    {
      name: 'DRAM',
      keeps: ['Weights', 'Inputs', 'Outputs'],
      rowBits: 64,
      readBandwidth: 32,
      writeBandwidth: 32,
      class: 'dram',
      attributes: { type: 'LPDDR4' },
    },
    {
      name: 'SMEM',
      keeps: ['Weights', 'Inputs'],
      sizeKib: 256,
      rowBits: 256,
      macros: 2,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 2, ports: 2 },
      meshY: 4,
    },
    {
      name: 'RF',
      keeps: ['Outputs'],
      wordBits: 32,
      sizeWords: 2048,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 16, ports: 2 },
      meshX: 16,
      meshY: 16,
    },
    { name: 'LRF', keeps: ['Weights'], sizeWords: 1, class: 'register' },
  ],
  mapspace: {
    DRAM: { dims: ['G', 'N', 'M', 'P', 'Q'] },
    SMEM: { dims: ['G', 'N', 'M', 'P', 'Q', 'R', 'S'], spatialY: { dims: ['M', 'G'] } },
    RF: { dims: ['C'], spatialX: { dims: ['C'] }, spatialY: { dims: ['M'] } },
    LRF: { dims: ['N', 'P', 'Q'], order: ['N', 'P', 'Q'] },
  },
  sparse: {
    formats: [
      { level: 'DRAM', tensor: 'Weights', ranks: [{ format: 'coordinate', dims: ['C'], bits: 2 }] },
      { level: 'SMEM', tensor: 'Weights', ranks: [{ format: 'coordinate', dims: ['C'], bits: 2 }] },
      { level: 'LRF', tensor: 'Weights', ranks: [{ format: 'coordinate', dims: ['C'], bits: 2 }] },
    ],
    compute: {
      skipping: { level: 'RF', on: ['Weights'], pack: { Weights: ['C'] }, block: { positions: 4, slots: 2 } },
    },
  },
};
