import { API_VERSION, definePlugin } from '@archon-dse/core';
import { twoFour } from './two-four.ts';

export { twoFour };

export default definePlugin({
  meta: { name: 'archon-dse-plugin-two-four', namespace: 'guide', version: '1.0.0', apiVersion: API_VERSION },
  stages: [twoFour],
});
