import { fail, type Options, type OptionSchema } from '@archon-dse/core';
import { PUBLISHED_ARCHON, type ArchonHardware } from '@archon-dse/archon-model';
import { ARRAY_OPTION_SCHEMAS, readArrayOptions } from '@archon-dse/pe-array';
import { RULE_SETTINGS } from './rules.js';

export interface ArchonOptions extends ArchonHardware {
  readonly activationBits: number;
  readonly pointwiseDensity: number;
  readonly depthwiseDensity: number;
  readonly phases: 'added' | 'overlapped';
  readonly method: 'corrected' | 'ics21';
  /** `name=published` or `name=corrected`, applied in order to the rules of the method. */
  readonly rules: readonly string[];
  readonly unfused: readonly string[];
}

const count = (name: keyof typeof PUBLISHED_ARCHON, unit: string, description: string): OptionSchema => ({
  type: 'integer',
  default: PUBLISHED_ARCHON[name],
  minimum: 1,
  unit,
  description,
});

const share = (of: string, published: number): OptionSchema => ({
  type: 'number',
  default: 1,
  minimum: 0,
  maximum: 1,
  description:
    `Share of non-zero weights of ${of} in fused blocks, where no stage gives densities or masks. ` +
    `1: nothing is pruned; ${String(published)}: as in the ICS'21 publication.`,
});

const { meshX, glbPorts, dataBits, technology, dramType, ...bandwidths } = ARRAY_OPTION_SCHEMAS;

/** Names and meanings of the PE array's options are those of the other array accelerators. */
export const ARCHON_OPTION_SCHEMAS = {
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
} as const satisfies Readonly<Record<keyof ArchonOptions, OptionSchema>>;

/** Every layer is asked for with the same options object. */
const checked = new WeakSet<Options>();

/** @throws ArchonError ARCHON_BAD_OPTION naming the option */
export function readArchonOptions(options: Options): ArchonOptions {
  if (!checked.has(options)) checkOptions(options);
  checked.add(options);
  return options as unknown as ArchonOptions;
}

function checkOptions(options: Options): void {
  readArrayOptions({ ...options, weightsSpadWords: 0 });
  for (const [name, schema] of Object.entries(ARCHON_OPTION_SCHEMAS)) {
    if (hasType(options[name], schema.type)) continue;
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `option ${name} is ${JSON.stringify(options[name]) ?? 'missing'}`,
      expected: schema.description,
      path: `options.${name}`,
    });
  }
  checkWidths(options as unknown as ArchonOptions);
}

function hasType(value: unknown, type: OptionSchema['type']): boolean {
  if (type === 'array') return Array.isArray(value);
  return typeof value === (type === 'integer' ? 'number' : type);
}

/** The lanes of an adder lie side by side in it, and nothing is wider than a word. */
function checkWidths({ activationBits, adderLanes, adderBits, dataBits: wordBits }: ArchonOptions): void {
  if (activationBits > wordBits) {
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `option activationBits is ${activationBits}, more than the ${wordBits} bit of a word`,
      expected: `at most dataBits: ${wordBits}`,
      path: 'options.activationBits',
    });
  }
  if (activationBits * adderLanes > adderBits) {
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `option adderLanes is ${adderLanes}: additions of ${activationBits} bit side by side need ${activationBits * adderLanes} bit, and adderBits is ${adderBits}`,
      expected: `adderLanes x activationBits of at most adderBits: ${adderBits}`,
      path: 'options.adderLanes',
      hint: `Set adderLanes to ${Math.floor(adderBits / activationBits)} or less, or make the adders wider.`,
    });
  }
}
