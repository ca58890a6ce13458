import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { IMAGENET_OPTIONS, PATCH_OPTIONS, PATCHES_TILE } from '@archon-dse/workload';
import { buildMlpMixer } from './build.js';
import { TABLES, type Variant } from './tables.js';

export const mlpMixer = defineNetwork({
  name: 'mlp-mixer',
  title: 'MLP-Mixer',
  description: 'Patches of an image as tokens, in blocks of dense layers over tokens and over channels, for ImageNet.',
  options: {
    variant: {
      type: 'string',
      description: 'small, base, large: 512, 768, 1024 channels; 8, 12, 24 blocks.',
      default: 'small',
      enum: Object.keys(TABLES) as Variant[],
    },
    ...PATCH_OPTIONS,
    depth: {
      type: 'integer',
      description: 'Blocks; 0 takes those of the variant.',
      unit: 'blocks',
      default: 0,
      minimum: 0,
      maximum: 100,
    },
    ...IMAGENET_OPTIONS,
  },
  rules: [PATCHES_TILE],
  source: 'Tolstikhin et al., MLP-Mixer: An all-MLP Architecture for Vision, NeurIPS 2021',
  build: buildMlpMixer,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-mlp-mixer', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [mlpMixer],
});
