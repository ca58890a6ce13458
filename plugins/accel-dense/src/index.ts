import { API_VERSION, definePlugin } from '@archon-dse/core';
import { dense } from './dense.js';

export default definePlugin({
  meta: { name: '@archon-dse/accel-dense', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  accelerators: [dense],
});
