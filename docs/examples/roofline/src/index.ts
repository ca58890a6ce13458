import { API_VERSION, definePlugin } from '@archon-dse/core';
import { roofline } from './roofline.ts';

export { roofline };

export default definePlugin({
  meta: { name: 'archon-dse-plugin-roofline', namespace: 'guide', version: '1.0.0', apiVersion: API_VERSION },
  accelerators: [roofline],
});
