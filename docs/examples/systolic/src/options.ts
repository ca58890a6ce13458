import { defineOptions, type OptionValues } from '@archon-dse/core';

export const OPTIONS = defineOptions({
  rows: { type: 'integer', description: 'Rows of PEs, which sum.', default: 32, minimum: 1, maximum: 1024 },
  columns: {
    type: 'integer',
    description: 'Columns of PEs, one output channel each.',
    default: 32,
    minimum: 1,
    maximum: 1024,
  },
  dataBits: { type: 'integer', description: 'Width of weights and inputs.', unit: 'bit', default: 8, enum: [8, 32] },
  sumsPerColumn: { type: 'integer', description: 'Partial sums kept below a column.', default: 1024, minimum: 32 },
  bufferKib: { type: 'integer', description: 'Buffer of inputs and outputs.', unit: 'KiB', default: 128, minimum: 1 },
  dramBytesPerCycle: { type: 'number', description: 'Bandwidth of the DRAM.', default: 16, exclusiveMinimum: 0 },
});

export type Options = OptionValues<typeof OPTIONS>;
