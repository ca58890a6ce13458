import { NetworkBuilder } from '@archon-dse/workload';
import { expect, it } from 'vitest';
import { fusionRows } from './fusion-rows.js';

it('lists a block and the total, with the densities of the pruned networks', () => {
  const net = new NetworkBuilder({ id: 'me/tiny', input: [8, 8, 2], classes: 3 });
  net.block('b1');
  const inner = net.relu(net.conv('b1.expand', net.input, { filters: 10, role: 'expand' }));
  net.conv('b1.project', net.depthwise('b1.depthwise', inner, { kernel: 3, stride: 2 }), {
    filters: 2,
    role: 'project',
  });
  const layerwise = 64 * 20 + 16 * 90 + 16 * 20;
  const sparse = 64 * 20 * 0.2 + 16 * 90 * 0.3 + 16 * 20 * 0.2;
  const [fused, masks] = [16 * 9 * 4, 64 * 10];
  const costs = [layerwise, fused, '5.28', sparse, '1.31', fused + masks, '2.50'].join(' ');
  expect(fusionRows(net.build())).toEqual([`b1 ${costs} ${Math.round(9 * 2 * 10 * 2 * 0.012)}`, `sum ${costs}`]);
});
