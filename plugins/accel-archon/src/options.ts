import { PUBLISHED_ARCHON } from '@archon-dse/archon-model';
import { defineOptions, type OptionRule, type OptionValues } from '@archon-dse/core';
import { ARRAY_OPTIONS } from '@archon-dse/pe-array';
import { EXECUTION_OPTIONS } from './execution-options.js';
import { RULE_SETTINGS } from './rules.js';

type Published = typeof PUBLISHED_ARCHON;
type Counted = { [Name in keyof Published]: Published[Name] extends number ? Name : never }[keyof Published];

const count = (name: Counted, unit: string, description: string) =>
  ({ type: 'integer', default: PUBLISHED_ARCHON[name], minimum: 1, unit, description }) as const;

const share = (of: string, published: number) =>
  ({
    type: 'number',
    default: 1,
    minimum: 0,
    maximum: 1,
    description:
      `Share of non-zero weights of ${of} in fused blocks, where no stage gives densities or masks. ` +
      `1: nothing is pruned; ${String(published)}: as in the ICS'21 publication.`,
  }) as const;

const { meshX, glbPorts, dataBits, technology, dramType, ...bandwidths } = ARRAY_OPTIONS;

/** Names and meanings of the PE array's options are those of the other array accelerators. */
export const ARCHON_OPTIONS = defineOptions({
  meshX,
  meshY: count('meshY', 'PEs', 'PEs in each column.'),
  addersPerPe: count('addersPerPe', 'adders', 'Adders beside the MAC of each PE.'),
  adderLanes: count('adderLanes', 'additions', 'Narrow additions an adder does in a cycle of a prediction.'),
  adderBits: count('adderBits', 'bit', 'Width of an adder.'),
  adderFifoWords: count('adderFifoWords', 'words', 'FIFO of each adder.'),
  activationBits: { ...count('dataBits', 'bit', 'Width of the activations the predictors read.'), default: 4 },
  ifmapSpadWords: count(
    'ifmapSpadWords',
    'words',
    'Input scratchpad of each PE, a register file. The main phase keeps a kernel window in it: 9 words for 3x3, 25 for 5x5.',
  ),
  psumSpadWords: count(
    'psumSpadWords',
    'words',
    'Partial-sum scratchpad of each PE, a register file. Predictions and layers that are not fused keep their inputs in it.',
  ),
  predictionBufferWords: count(
    'predictionBufferWords',
    'words',
    'Prediction buffer of each PE, an SRAM: masks in the main phase, weights in predictions and in layers that are not fused.',
  ),
  predictionGlbRows: count('predictionGlbRows', 'rows', 'Global buffer of the masks, in rows of 64 of them.'),
  predictionGlbBanks: count('predictionGlbBanks', 'banks', 'Banks of the global buffer of the masks.'),
  spadReadBandwidth: bandwidths.spadReadBandwidth,
  spadWriteBandwidth: bandwidths.spadWriteBandwidth,
  glbKib: count('glbKib', 'KiB', 'Global buffer shared by all PEs, for inputs and outputs; rows of 64 bit.'),
  glbBanks: count('glbBanks', 'banks', 'Banks of the global buffer; priced as the next power of two.'),
  glbPorts,
  glbReadBandwidth: bandwidths.glbReadBandwidth,
  glbWriteBandwidth: bandwidths.glbWriteBandwidth,
  dataBits,
  indexBits: { ...count('indexBits', 'bit', 'Index stored with each weight that is kept.'), minimum: 0 },
  technology,
  dramType,
  pointwiseDensity: share('expanding and projecting layers', 0.2),
  depthwiseDensity: share('depthwise layers', 0.3),
  phases: {
    type: 'string',
    default: 'added',
    enum: ['added', 'overlapped'],
    description:
      'Cycles of a block. added: predictions, then the main phase. overlapped: the longer of the two, as if the adders predicted ' +
      'while the MACs compute the block before; a bound, since the main phase needs the adders too.',
  },
  method: {
    type: 'string',
    default: 'corrected',
    enum: ['corrected', 'ics21'],
    description:
      "Rules of counting. corrected: what the hardware does. ics21: as the scripts of the ICS'21 publication counted.",
  },
  rules: {
    type: 'array',
    default: [],
    items: { type: 'string', enum: RULE_SETTINGS },
    description: 'Single rules that differ from the method: a list of name=published or name=corrected.',
  },
  unfused: {
    type: 'array',
    default: ['b0'],
    items: { type: 'string' },
    description: 'Blocks to run layer by layer; b0 as in the publication.',
  },
  ...EXECUTION_OPTIONS,
});

export type ArchonOptions = OptionValues<typeof ARCHON_OPTIONS>;

/** The lanes of an adder lie side by side in it, and nothing is wider than a word. */
export const ARCHON_OPTION_RULES: readonly OptionRule<typeof ARCHON_OPTIONS>[] = [
  {
    option: 'activationBits',
    holds: ({ activationBits, dataBits }) => activationBits <= dataBits,
    refusal: ({ activationBits, dataBits }) => ({
      message: `option activationBits is ${activationBits}, more than the ${dataBits} bit of a word`,
      expected: `at most dataBits: ${dataBits}`,
    }),
  },
  {
    option: 'adderLanes',
    holds: ({ activationBits, adderLanes, adderBits }) => activationBits * adderLanes <= adderBits,
    refusal: ({ activationBits, adderLanes, adderBits }) => ({
      message: `option adderLanes is ${adderLanes}: additions of ${activationBits} bit side by side need ${activationBits * adderLanes} bit, and adderBits is ${adderBits}`,
      expected: `adderLanes x activationBits of at most adderBits: ${adderBits}`,
      hint: `Set adderLanes to ${Math.floor(adderBits / activationBits)} or less, or make the adders wider.`,
    }),
  },
];
