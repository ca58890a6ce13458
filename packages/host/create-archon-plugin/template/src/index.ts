import { API_VERSION, definePlugin } from '@archon-dse/core';
import { lanes } from './lanes.ts'; // kind: accelerator
import { smallCnn } from './small-cnn.ts'; // kind: network
import { thin } from './thin.ts'; // kind: stage
import { tweak } from './tweak.ts'; // kind: strategy

/** Name and version are those of package.json. */
export default definePlugin({
  meta: { name: 'archon-plugin-template', namespace: 'our-namespace', version: '0.1.0', apiVersion: API_VERSION },
  networks: [smallCnn], // kind: network
  stages: [thin], // kind: stage
  accelerators: [lanes], // kind: accelerator
  strategies: [tweak], // kind: strategy
});
