import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { NETWORK_OPTIONS } from '@archon-dse/workload';
import { buildShuffleNet } from './build.js';
import { TABLES, type Variant } from './tables.js';

export const shuffleNet = defineNetwork({
  name: 'shufflenet',
  title: 'ShuffleNet',
  description:
    'Units of grouped pointwise convolutions with channel shuffle, three groups, for 32x32 images; published for cifar10 only. With `width`, channels between units round to multiples of 12 (baseline) or 6 (modified) and each unit keeps its ratio of inner to input channels.',
  options: {
    variant: {
      type: 'string',
      description:
        'baseline: the published channels. modified: few channels between units and about 2600 inside, both pointwise convolutions before the depthwise, for fused execution.',
      default: 'baseline',
      enum: Object.keys(TABLES) as Variant[],
    },
    ...NETWORK_OPTIONS,
  },
  source: 'Zhang et al., ShuffleNet, CVPR 2018; the CIFAR and modified variants: ARCHON, ICS 2021',
  build: buildShuffleNet,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-shufflenet', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [shuffleNet],
});
