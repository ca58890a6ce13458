/** Made of architectures/cambricon-x.yaml by tools/architectures.mjs. */
export const CAMBRICON_X = {
  name: 'Cambricon-X',
  source:
    'Zhang et al., Cambricon-X, MICRO 2016: 16 PEs of 16 multipliers of 16 bit, 2 KiB of weights a PE, 8 KiB each for inputs (NBin) and outputs (NBout), 65 nm. A PE adds up one output; weights that are zero are left out, those that are not come with the distance from the last one and pick their inputs. Inputs are not compressed.',
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
      name: 'NBout',
      keeps: ['Outputs'],
      sizeKib: 8,
      rowBits: 256,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 1, ports: 2 },
    },
    {
      name: 'NBin',
      keeps: ['Inputs'],
      sizeKib: 8,
      rowBits: 256,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 1, ports: 2 },
      meshX: 16,
    },
    {
      name: 'SB',
      keeps: ['Weights'],
      sizeKib: 2,
      rowBits: 256,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 1, ports: 2 },
    },
    { name: 'sum', keeps: ['Outputs'], sizeWords: 1, class: 'register', meshY: 16 },
  ],
  mapspace: {
    DRAM: { dims: ['G', 'N', 'M', 'P', 'Q', 'C'] },
    NBout: { dims: ['M', 'P', 'Q', 'C', 'R', 'S'], order: ['M', 'C', 'P', 'Q', 'R', 'S'] },
    NBin: { dims: [], spatialX: { dims: ['M', 'G'] } },
    SB: { dims: [] },
    sum: { dims: ['C', 'R', 'S'], order: ['C', 'R', 'S'], spatialY: { dims: ['C'] } },
  },
  sparse: {
    formats: [
      { level: 'DRAM', tensor: 'Weights', ranks: [{ format: 'run-length', dims: ['C', 'R', 'S'] }] },
      { level: 'SB', tensor: 'Weights', ranks: [{ format: 'run-length', dims: ['C', 'R', 'S'] }] },
    ],
    compute: {
      skipping: { level: 'sum', on: ['Weights'], pack: { Weights: ['C', 'R', 'S'] }, lanes: { Weights: 16 } },
    },
  },
};
