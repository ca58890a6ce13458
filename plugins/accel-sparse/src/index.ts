import { API_VERSION, definePlugin } from '@archon-dse/core';
import { sparse } from './sparse.js';

export default definePlugin({
  meta: { name: '@archon-dse/accel-sparse', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  accelerators: [sparse],
});
