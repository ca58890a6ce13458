import { defineOptions, type OptionRule, type OptionValues } from '@archon-dse/core';
import {
  ARRAY_OPTIONS,
  DEPTHWISE_OPTIONS,
  executionOptions,
  ONLY_EXECUTED,
  PRECISION_OPTIONS,
} from '@archon-dse/pe-array';

const share = (of: string, published: number) =>
  ({
    type: 'number',
    default: 1,
    minimum: 0,
    maximum: 1,
    description:
      `Share of non-zero weights of ${of} in all blocks but head, b0 and tail, where no stage gives densities or masks. ` +
      `1: nothing is pruned; ${String(published)}: as in the ICS'21 publication.`,
  }) as const;

export const SPARSE_OPTIONS = defineOptions({
  ...ARRAY_OPTIONS,
  pointwiseDensity: share('convolutions over channels, but those of squeeze-and-excite,', 0.2),
  depthwiseDensity: share('depthwise convolutions', 0.3),
  masks: {
    type: 'string',
    default: 'random',
    enum: ['random', 'expected'],
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
    enum: ['sparsity', 'ics21'],
    description:
      'How energy is counted. sparsity: every access and MAC that zero weights save. ics21: as published, a constant 91 % of weight ' +
      'and input-scratchpad accesses saved in sparse pointwise layers, nothing in depthwise layers, and every MAC counted.',
  },
  ...DEPTHWISE_OPTIONS,
  ...PRECISION_OPTIONS,
  ...executionOptions({
    analytical: 'zero weights by mask or density, activations as if none were zero',
    executed:
      'the trained network runs on test images, layer by layer, and the multiplications of every PE are counted pass by pass, ' +
      'by the zeros of its weights',
  }),
  activations: {
    type: 'string',
    default: 'computed',
    enum: ['computed', 'skipped'],
    description: `Whether PEs skip multiplications with activations that are zero, those of the padding too. computed: only zero weights are skipped. ${ONLY_EXECUTED}`,
  },
});

export type SparseOptions = OptionValues<typeof SPARSE_OPTIONS>;

/** The options that declare which share of the weights is not zero. */
export const DECLARED = ['pointwiseDensity', 'depthwiseDensity'] as const;

/** What is executed has zeros of its own. */
export const SPARSE_OPTION_RULES: readonly OptionRule<typeof SPARSE_OPTIONS>[] = DECLARED.map((option) => ({
  option,
  holds: (options) => options.fidelity === 'analytical' || options[option] === 1,
  refusal: (options) => ({
    message: `option ${option} is ${options[option]}, and with fidelity "executed" the zeros are those of the trained weights`,
    expected: '1, or fidelity "analytical"',
    hint: 'Prune the network with the stage "prune".',
  }),
}));
