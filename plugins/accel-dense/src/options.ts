import type { Options, OptionSchema } from '@archon-dse/core';
import {
  ARRAY_OPTION_SCHEMAS,
  type ArrayOptions,
  DEPTHWISE_INPUTS_SCHEMA,
  type DepthwiseInputs,
  readArrayOptions,
  readDepthwiseInputs,
} from '@archon-dse/pe-array';

export interface DenseOptions extends ArrayOptions {
  readonly depthwiseInputs: DepthwiseInputs;
}

export const DENSE_OPTION_SCHEMAS = {
  ...ARRAY_OPTION_SCHEMAS,
  depthwiseInputs: DEPTHWISE_INPUTS_SCHEMA,
} as const satisfies Readonly<Record<keyof DenseOptions, OptionSchema>>;

/** @throws ArchonError ARCHON_BAD_OPTION */
export function readDenseOptions(options: Options): DenseOptions {
  return { ...readArrayOptions(options), depthwiseInputs: readDepthwiseInputs(options) };
}
