import { defineOptions, type OptionValues } from '@archon-dse/core';
import { ARRAY_OPTIONS, DEPTHWISE_OPTIONS, PRECISION_OPTIONS } from '@archon-dse/pe-array';

export const DENSE_OPTIONS = defineOptions({ ...ARRAY_OPTIONS, ...DEPTHWISE_OPTIONS, ...PRECISION_OPTIONS });

export type DenseOptions = OptionValues<typeof DENSE_OPTIONS>;
