import { API_VERSION, defineNetwork, definePlugin } from '@archon-dse/core';
import { NETWORK_OPTIONS } from '@archon-dse/workload';
import { buildFusioNet } from './build.js';

export const fusioNet = defineNetwork({
  name: 'fusionet',
  title: 'FusioNet',
  description:
    'Blocks of four independent narrow bottlenecks, made for fused execution, for 32x32 images; the tail differs between cifar10 and cifar100. With `width`, channels between blocks round to multiples of 8 and each block keeps its ratio of inner to input channels.',
  options: NETWORK_OPTIONS,
  source: 'ARCHON, ICS 2021',
  build: buildFusioNet,
});

export default definePlugin({
  meta: { name: '@archon-dse/net-fusionet', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [fusioNet],
});
