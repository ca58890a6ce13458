import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { IMAGENET_OPTIONS } from '@archon-dse/workload';
import { buildConvNeXt } from './build.js';
import { TABLES, type Variant } from './tables.js';

export const convNeXt = defineNetwork({
  name: 'convnext',
  title: 'ConvNeXt',
  description:
    'Depthwise 7x7 convolutions and dense layers at every position, with LayerNorm and GELU, for ImageNet. With `width`, channels round to multiples of 8.',
  options: {
    variant: {
      type: 'string',
      description: 'tiny, small: 96 to 768 channels. base: 128 to 1024.',
      default: 'tiny',
      enum: Object.keys(TABLES) as Variant[],
    },
    width: {
      type: 'number',
      description: 'Multiplier of every channel count; 1 is the published network.',
      default: 1,
      exclusiveMinimum: 0,
      maximum: 8,
    },
    thirdStage: {
      type: 'integer',
      description: 'Blocks of the third stage, by which the variants differ in depth; 0 takes those of the variant.',
      unit: 'blocks',
      default: 0,
      minimum: 0,
      maximum: 100,
    },
    ...IMAGENET_OPTIONS,
  },
  source: 'Liu et al., A ConvNet for the 2020s, CVPR 2022',
  build: buildConvNeXt,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-convnext', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [convNeXt],
});
