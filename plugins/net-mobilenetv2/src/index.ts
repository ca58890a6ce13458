import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { NETWORK_OPTIONS } from '@archon-dse/workload';
import { buildMobileNetV2 } from './build.js';
import { TABLES, type Variant } from './tables.js';

export const mobileNetV2 = defineNetwork({
  name: 'mobilenet-v2',
  title: 'MobileNetV2',
  description:
    'Inverted residual blocks for 32x32 images. With `width`, channels between blocks round to multiples of 8 and each block keeps its expansion ratio.',
  options: {
    variant: {
      type: 'string',
      description:
        'baseline: the published channels. modified: few channels between blocks and 864 inside, for fused execution; published for cifar10 only.',
      default: 'baseline',
      enum: Object.keys(TABLES) as Variant[],
    },
    ...NETWORK_OPTIONS,
  },
  source: 'Sandler et al., MobileNetV2, CVPR 2018; the CIFAR and modified variants: ARCHON, ICS 2021',
  build: buildMobileNetV2,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-mobilenetv2', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [mobileNetV2],
});
