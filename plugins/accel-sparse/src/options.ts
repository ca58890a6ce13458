import { defineOptions, type OptionValues } from '@archon-dse/core';
import { ARRAY_OPTIONS, DEPTHWISE_OPTIONS, PRECISION_OPTIONS } from '@archon-dse/pe-array';

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
});

export type SparseOptions = OptionValues<typeof SPARSE_OPTIONS>;
