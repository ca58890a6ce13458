import { API_VERSION, definePlugin } from '@archon-dse/core';
import { systolicPe } from './pe.ts';
import { systolic } from './systolic.ts';

export { systolic, systolicPe };

export default definePlugin({
  meta: { name: 'archon-dse-plugin-systolic', namespace: 'guide', version: '1.0.0', apiVersion: API_VERSION },
  accelerators: [systolic],
  components: [systolicPe],
});
