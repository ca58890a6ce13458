/** Made of architectures/shidiannao.yaml by tools/architectures.mjs. */
export const SHIDIANNAO = {
  name: 'ShiDianNao',
  source:
    'Du et al., ShiDianNao, ISCA 2015: 8 x 8 PEs of 16 bit, 64 KiB for inputs (NBin), 64 KiB for outputs (NBout), 128 KiB for weights (SB), 65 nm. Output-stationary: each PE adds up one output while its kernel is walked.',
  technology: '65nm',
  wordBits: 16,
  levels: [
    {
      name: 'DRAM',
      keeps: ['Weights', 'Inputs', 'Outputs'],
      rowBits: 64,
      class: 'dram',
      attributes: { type: 'LPDDR4' },
    },
    {
      name: 'SB',
      keeps: ['Weights'],
      sizeKib: 128,
      rowBits: 256,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 16, ports: 1 },
    },
    {
      name: 'NBin',
      keeps: ['Inputs'],
      sizeKib: 64,
      rowBits: 128,
      readBandwidth: 64,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 16, ports: 1 },
    },
    {
      name: 'NBout',
      keeps: ['Outputs'],
      sizeKib: 64,
      rowBits: 128,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 16, ports: 1 },
      meshX: 8,
      meshY: 8,
    },
    { name: 'pe', keeps: ['Outputs'], sizeWords: 1, class: 'register' },
  ],
  mapspace: {
    DRAM: { dims: ['G', 'N', 'M', 'P', 'Q', 'C'] },
    SB: { dims: [] },
    NBin: { dims: [] },
    NBout: {
      dims: ['G', 'N', 'M', 'P', 'Q'],
      order: ['G', 'N', 'M', 'P', 'Q'],
      spatialX: { dims: ['Q'] },
      spatialY: { dims: ['P'] },
    },
    pe: { dims: ['C', 'R', 'S'], order: ['C', 'R', 'S'] },
  },
};
