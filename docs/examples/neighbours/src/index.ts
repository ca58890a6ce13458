import { API_VERSION, definePlugin } from '@archon-dse/core';
import { neighbours } from './neighbours.ts';

export { neighbours };

export default definePlugin({
  meta: { name: 'archon-dse-plugin-neighbours', namespace: 'guide', version: '1.0.0', apiVersion: API_VERSION },
  strategies: [neighbours],
});
