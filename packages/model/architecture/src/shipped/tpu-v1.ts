/** Made of architectures/tpu-v1.yaml by tools/architectures.mjs. */
export const TPU_V1 = {
  name: 'TPU v1',
  source:
    'Jouppi et al., In-datacenter performance analysis of a tensor processing unit, ISCA 2017: 256 x 256 MACs of 8 bit, a unified buffer of 24 MiB, 4 MiB of accumulators of 32 bit, 34 GB/s from memory at 700 MHz, 28 nm. Systolic and weight-stationary: input channels come in along rows, output channels leave along columns, outputs of up to 4096 positions stay in the accumulators.',
  technology: '28nm',
  wordBits: 8,
  levels: [
    {
      name: 'DRAM',
      keeps: ['Weights', 'Inputs', 'Outputs'],
      rowBits: 64,
      class: 'dram',
      attributes: { type: 'DDR3' },
      readBandwidth: 48.57,
    },
    {
      name: 'unified_buffer',
      keeps: ['Inputs', 'Outputs'],
      sizeKib: 24576,
      rowBits: 256,
      macros: 12,
      readBandwidth: 256,
      writeBandwidth: 256,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 32, ports: 2 },
    },
    {
      name: 'accumulators',
      keeps: ['Outputs'],
      wordBits: 32,
      sizeKib: 4096,
      rowBits: 256,
      macros: 2,
      meshX: 256,
      meshY: 256,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 32, ports: 2 },
    },
    { name: 'cell', keeps: ['Weights'], sizeWords: 1, class: 'register' },
  ],
  mapspace: {
    DRAM: { dims: ['G', 'N', 'M', 'P', 'Q'] },
    unified_buffer: { dims: ['G', 'N', 'M', 'P', 'Q'], order: ['G', 'N', 'M', 'P', 'Q'] },
    accumulators: {
      dims: ['C', 'R', 'S'],
      order: ['C', 'R', 'S'],
      spatialX: { dims: ['M'] },
      spatialY: { dims: ['C'] },
    },
    cell: { dims: ['P', 'Q', 'N'], order: ['N', 'P', 'Q'] },
  },
};
