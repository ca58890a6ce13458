/** Made of architectures/scnn.yaml by tools/architectures.mjs. */
export const SCNN = {
  name: 'SCNN',
  source:
    'Parashar et al., SCNN, ISCA 2017: 8 x 8 PEs, each with 4 x 4 multipliers of 16 bit, 10 KiB for compressed inputs, accumulators of 32 banks of 32 partial sums of 24 bit. Built for 16 nm, priced at 22 nm, the finest node of the tables. A PE has a tile of the input plane; every input of a channel meets every weight of it, zeros of both left out. Runs of 4 bit.',
  technology: '22nm',
  wordBits: 16,
  levels: [
    {
      name: 'DRAM',
      keeps: ['Weights', 'Inputs', 'Outputs'],
      rowBits: 64,
      class: 'dram',
      attributes: { type: 'LPDDR4' },
      meshX: 8,
      meshY: 8,
    },
    {
      name: 'input_ram',
      keeps: ['Inputs'],
      sizeKib: 10,
      rowBits: 64,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 1, ports: 2 },
    },
    {
      name: 'accumulators',
      keeps: ['Outputs'],
      wordBits: 24,
      sizeWords: 1024,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 32, ports: 2 },
      meshX: 4,
      meshY: 4,
    },
  ],
  mapspace: {
    DRAM: { dims: ['G', 'N', 'M', 'P', 'Q', 'C'], spatialX: { dims: ['P'] }, spatialY: { dims: ['Q'] } },
    input_ram: { dims: ['M'] },
    accumulators: {
      dims: ['C', 'M', 'R', 'S', 'P', 'Q'],
      order: ['C', 'M', 'R', 'S', 'P', 'Q'],
      spatialX: { dims: ['M'] },
      spatialY: { dims: ['P', 'Q'] },
    },
  },
  sparse: {
    formats: [
      { level: 'DRAM', tensor: 'Weights', ranks: [{ format: 'run-length', dims: ['M', 'R', 'S'], bits: 4 }] },
      { level: 'DRAM', tensor: 'Inputs', ranks: [{ format: 'run-length', dims: ['P', 'Q'], bits: 4 }] },
      { level: 'DRAM', tensor: 'Outputs', ranks: [{ format: 'run-length', dims: ['P', 'Q'], bits: 4 }] },
      { level: 'input_ram', tensor: 'Inputs', ranks: [{ format: 'run-length', dims: ['P', 'Q'], bits: 4 }] },
    ],
    compute: {
      skipping: {
        level: 'accumulators',
        on: ['Weights', 'Inputs'],
        pack: { Weights: ['M', 'R', 'S'], Inputs: ['P', 'Q'] },
        lanes: { Weights: 4, Inputs: 4 },
      },
    },
  },
};
