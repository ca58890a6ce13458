import { defaultsOf, defineOptions, type OptionValues } from '@archon-dse/core';

const size = (unit: string, value: number, description: string) =>
  ({
    type: 'integer',
    default: value,
    minimum: 1,
    unit,
    description,
  }) as const;

const bandwidth = (value: number, description: string) =>
  ({
    type: 'number',
    default: value,
    exclusiveMinimum: 0,
    unit: 'words/cycle',
    description,
  }) as const;

/**
 * The sweep axes every PE-array accelerator offers; a plugin overrides single entries where its hardware differs.
 * Defaults are the published dense baseline.
 *
 * @source ICS'21 ARCHON experiments, dense architecture
 */
export const ARRAY_OPTIONS = defineOptions({
  meshX: size('PEs', 8, 'Columns of the PE array; the global buffer feeds each of them.'),
  meshY: size('PEs', 9, 'PEs in each column.'),
  ifmapSpadWords: size('words', 16, 'Input scratchpad of each PE, a register file.'),
  weightsSpadWords: size('words', 224, 'Weight scratchpad of each PE, an SRAM.'),
  psumSpadWords: size('words', 24, 'Partial-sum scratchpad of each PE, a register file.'),
  spadReadBandwidth: bandwidth(2, 'Reads each scratchpad can serve.'),
  spadWriteBandwidth: bandwidth(2, 'Writes each scratchpad can take.'),
  glbKib: size('KiB', 108, 'Global buffer shared by all PEs, for inputs and outputs; rows of 64 bit.'),
  glbBanks: size('banks', 27, 'Banks of the global buffer; priced as the next power of two.'),
  glbPorts: { ...size('ports', 2, 'Read/write ports of the global buffer.'), maximum: 2 },
  glbReadBandwidth: bandwidth(32, 'Words the global buffer can deliver to the array.'),
  glbWriteBandwidth: bandwidth(32, 'Words the global buffer can take from the array and from DRAM.'),
  dataBits: {
    type: 'integer',
    default: 16,
    enum: [8, 16, 32],
    unit: 'bit',
    description: 'Width of a weight, an activation and a partial sum.',
  },
  technology: {
    type: 'string',
    default: '45nm',
    enum: ['90nm', '65nm', '45nm', '40nm', '32nm', '28nm', '22nm'],
    description: 'Process node of the chip.',
  },
  dramType: {
    type: 'string',
    default: 'LPDDR4',
    enum: ['LPDDR4', 'LPDDR', 'DDR3', 'GDDR5', 'HBM2'],
    description: 'Kind of external memory.',
  },
});

/**
 * Hardware choices of a PE array. Sizes in words of `dataBits` bits, bandwidths in words a cycle and instance. An architecture may have
 * no weight scratchpad, `weightsSpadWords` 0: then weights stream from DRAM straight to the MACs.
 */
export type ArrayOptions = OptionValues<typeof ARRAY_OPTIONS>;

/** The array of the published dense baseline: every option at its default. */
export const PUBLISHED_DENSE_ARRAY: ArrayOptions = defaultsOf(ARRAY_OPTIONS);
