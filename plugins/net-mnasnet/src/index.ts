import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { NETWORK_OPTIONS } from '@archon-dse/workload';
import { buildMnasNet } from './build.js';
import { TABLES, type Variant } from './tables.js';

export const mnasNet = defineNetwork({
  name: 'mnasnet',
  title: 'MnasNet',
  description:
    'Inverted residual blocks with squeeze-and-excite for 32x32 images; the network for cifar100 has a wide pointwise tail. With `width`, channels between blocks round to multiples of 8 and the others keep their ratios.',
  options: {
    variant: {
      type: 'string',
      description:
        'baseline: the published channels. modified: few channels between blocks and 960 inside, squeeze-and-excite after each block, for fused execution; published for cifar10 only.',
      default: 'baseline',
      enum: Object.keys(TABLES) as Variant[],
    },
    ...NETWORK_OPTIONS,
  },
  source: 'Tan et al., MnasNet, CVPR 2019; the CIFAR and modified variants: ARCHON, ICS 2021',
  build: buildMnasNet,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-mnasnet', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [mnasNet],
});
