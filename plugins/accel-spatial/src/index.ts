import { API_VERSION, definePlugin } from '@archon-dse/core';
import { spatial } from './spatial.js';

export default definePlugin({
  meta: { name: '@archon-dse/accel-spatial', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  accelerators: [spatial],
});
