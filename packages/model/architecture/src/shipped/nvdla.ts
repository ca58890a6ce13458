/** Made of architectures/nvdla.yaml by tools/architectures.mjs. */
export const NVDLA = {
  name: 'NVDLA',
  source:
    'NVIDIA, NVDLA hardware architectural specification and the configuration nv_full of github.com/nvdla/hw: 64 x 32 MACs of 8 bit, a convolution buffer of 16 banks of 512 x 64 bytes with a port of 1024 bit each for data and weights, stripes of up to 32 outputs in the accumulator. Weight-stationary: 64 weights a kernel stay in their cell for a stripe; the kernel is walked inside the accumulator.',
  technology: '28nm',
  wordBits: 8,
  levels: [
    {
      name: 'DRAM',
      keeps: ['Weights', 'Inputs', 'Outputs'],
      rowBits: 64,
      class: 'dram',
      attributes: { type: 'LPDDR4' },
    },
    {
      name: 'cbuf',
      keeps: ['Weights', 'Inputs'],
      sizeKib: 512,
      rowBits: 256,
      readBandwidth: 256,
      writeBandwidth: 64,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 16, ports: 2 },
    },
    {
      name: 'cacc',
      keeps: ['Outputs'],
      wordBits: 32,
      sizeWords: 1024,
      rowBits: 256,
      meshX: 32,
      class: 'smartbuffer_SRAM',
      attributes: { banks: 1, ports: 2 },
    },
    { name: 'cell', keeps: ['Weights'], sizeWords: 64, meshY: 64, class: 'regfile' },
  ],
  mapspace: {
    DRAM: { dims: ['G', 'N', 'M', 'P', 'Q'] },
    cbuf: { dims: ['G', 'N', 'M', 'P', 'Q', 'C', 'R', 'S'], order: ['G', 'N', 'M', 'P', 'Q', 'C', 'R', 'S'] },
    cacc: { dims: ['P', 'Q'], spatialX: { dims: ['M'] } },
    cell: { dims: [], spatialY: { dims: ['C'] } },
  },
};
