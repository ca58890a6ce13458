import { fail, type Options, type OptionSchema } from '@archon-dse/core';
import { ARRAY_OPTION_SCHEMAS, type ArrayOptions, readArrayOptions } from '@archon-dse/pe-array';

const DEPTHWISE_INPUTS = ['per-channel', 'per-channel-throttled', 'ics21'] as const;

export interface DenseOptions extends ArrayOptions {
  readonly depthwiseInputs: (typeof DEPTHWISE_INPUTS)[number];
}

export const DENSE_OPTION_SCHEMAS = {
  ...ARRAY_OPTION_SCHEMAS,
  depthwiseInputs: {
    type: 'string',
    default: 'per-channel',
    enum: DEPTHWISE_INPUTS,
    description:
      'How depthwise inputs are counted. per-channel: every channel reads its own inputs; like the published cycles, not ' +
      'limited by the bandwidth of the global buffer, with a note where it would be. per-channel-throttled: limited by it. ' +
      'ics21: as published, one input channel is mapped and its DRAM and global-buffer accesses are multiplied by the channels.',
  },
} as const satisfies Readonly<Record<keyof DenseOptions, OptionSchema>>;

/** @throws ArchonError ARCHON_BAD_OPTION */
export function readDenseOptions(options: Options): DenseOptions {
  const { depthwiseInputs } = options;
  const known = DEPTHWISE_INPUTS.find((value) => value === depthwiseInputs);
  if (known !== undefined) return { ...readArrayOptions(options), depthwiseInputs: known };
  return fail({
    code: 'ARCHON_BAD_OPTION',
    message: `option depthwiseInputs is ${JSON.stringify(depthwiseInputs) ?? 'missing'}`,
    expected: `one of: ${DEPTHWISE_INPUTS.join(', ')}`,
  });
}
