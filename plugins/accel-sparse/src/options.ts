import { fail, type Options, type OptionSchema } from '@archon-dse/core';
import {
  ARRAY_OPTION_SCHEMAS,
  type ArrayOptions,
  DEPTHWISE_INPUTS_SCHEMA,
  type DepthwiseInputs,
  readArrayOptions,
  readDepthwiseInputs,
} from '@archon-dse/pe-array';

const MASKS = ['random', 'expected'] as const;
const ENERGIES = ['sparsity', 'ics21'] as const;

export interface SparseOptions extends ArrayOptions {
  readonly pointwiseDensity: number;
  readonly depthwiseDensity: number;
  readonly masks: (typeof MASKS)[number];
  readonly indexBits: number;
  readonly energy: (typeof ENERGIES)[number];
  readonly depthwiseInputs: DepthwiseInputs;
}

const share = (of: string, published: number): OptionSchema => ({
  type: 'number',
  default: 1,
  minimum: 0,
  maximum: 1,
  description:
    `Share of non-zero weights of ${of} in all blocks but head, b0 and tail, where no stage gives densities or masks. ` +
    `1: nothing is pruned; ${String(published)}: as in the ICS'21 publication.`,
});

export const SPARSE_OPTION_SCHEMAS = {
  ...ARRAY_OPTION_SCHEMAS,
  pointwiseDensity: share('convolutions over channels, but those of squeeze-and-excite,', 0.2),
  depthwiseDensity: share('depthwise convolutions', 0.3),
  masks: {
    type: 'string',
    default: 'random',
    enum: MASKS,
    description:
      'Where only a density is known. random: a mask drawn from the seed of the point. expected: the exact mean over all such masks, ' +
      'the same for every seed.',
  },
  indexBits: {
    type: 'integer',
    default: 10,
    minimum: 0,
    unit: 'bit',
    description: 'Index stored with each non-zero weight.',
  },
  energy: {
    type: 'string',
    default: 'sparsity',
    enum: ENERGIES,
    description:
      'How energy is counted. sparsity: every access and MAC that zero weights save. ics21: as published, a constant 91 % of weight ' +
      'and input-scratchpad accesses saved in sparse pointwise layers, nothing in depthwise layers, and every MAC counted.',
  },
  depthwiseInputs: DEPTHWISE_INPUTS_SCHEMA,
} as const satisfies Readonly<Record<keyof SparseOptions, OptionSchema>>;

/** @throws ArchonError ARCHON_BAD_OPTION */
export function readSparseOptions(options: Options): SparseOptions {
  return {
    ...readArrayOptions(options),
    pointwiseDensity: numberOf(options, 'pointwiseDensity', 1),
    depthwiseDensity: numberOf(options, 'depthwiseDensity', 1),
    masks: choiceOf(options, 'masks', MASKS),
    indexBits: numberOf(options, 'indexBits', Infinity),
    energy: choiceOf(options, 'energy', ENERGIES),
    depthwiseInputs: readDepthwiseInputs(options),
  };
}

function numberOf(options: Options, name: string, maximum: number): number {
  const value = options[name];
  if (typeof value === 'number' && value >= 0 && value <= maximum) return value;
  return refuse(options, name, maximum === Infinity ? 'a number >= 0' : `a number from 0 to ${maximum}`);
}

function choiceOf<T extends string>(options: Options, name: string, choices: readonly T[]): T {
  return choices.find((choice) => choice === options[name]) ?? refuse(options, name, `one of: ${choices.join(', ')}`);
}

function refuse(options: Options, name: string, expected: string): never {
  const message = `option ${name} is ${JSON.stringify(options[name]) ?? 'missing'}`;
  return fail({ code: 'ARCHON_BAD_OPTION', message, expected, path: name });
}
