import { API_VERSION, definePlugin } from '@archon-dse/core';
import { encoder } from './encoder.ts';

export { encoder };

export default definePlugin({
  meta: { name: 'archon-dse-plugin-encoder', namespace: 'guide', version: '1.0.0', apiVersion: API_VERSION },
  networks: [encoder],
});
