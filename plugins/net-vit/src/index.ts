import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { IMAGENET_OPTIONS, PATCH_OPTIONS, PATCHES_TILE } from '@archon-dse/workload';
import { buildVit } from './build.js';
import { TABLES, type Variant } from './tables.js';

export const vit = defineNetwork({
  name: 'vit',
  title: 'Vision Transformer',
  description: 'Patches of an image as tokens, in blocks of self-attention and two dense layers, for ImageNet.',
  options: {
    variant: {
      type: 'string',
      description: 'tiny, small, base: 192, 384, 768 channels in heads of 64.',
      default: 'tiny',
      enum: Object.keys(TABLES) as Variant[],
    },
    ...PATCH_OPTIONS,
    depth: {
      type: 'integer',
      description: 'Blocks; 0 takes the 12 of the published networks.',
      unit: 'blocks',
      default: 0,
      minimum: 0,
      maximum: 100,
    },
    ...IMAGENET_OPTIONS,
  },
  rules: [PATCHES_TILE],
  source: 'Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021; tiny and small: Touvron et al., ICML 2021',
  build: buildVit,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-vit', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [vit],
});
