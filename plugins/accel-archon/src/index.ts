import { API_VERSION, definePlugin } from '@archon-dse/core';
import { archon } from './archon.js';

export default definePlugin({
  meta: { name: '@archon-dse/accel-archon', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  accelerators: [archon],
});
