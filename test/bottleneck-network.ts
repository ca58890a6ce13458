import type { Network } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';

/** ReLUs of {@link bottleneckNetwork} that can be predicted. */
export const BOTTLENECK_RELUS = ['b1.expand.relu', 'b1.depthwise.relu'] as const;

/** A network of one block that can be fused, on 8 x 8 pixels: 3 -> `mid` -> 4 channels, and two classes. */
export function bottleneckNetwork(mid: number): Network {
  const net = new NetworkBuilder({ id: 'me/sample', input: [8, 8, 3], classes: 2 });
  net.block('b1');
  const first = net.relu(net.batchNorm(net.conv('b1.expand', net.input, { filters: mid, role: 'expand' })));
  const second = net.relu(net.batchNorm(net.depthwise('b1.depthwise', first, { kernel: 3 })));
  const last = net.batchNorm(net.conv('b1.project', second, { filters: 4, role: 'project' }));
  net.block('tail');
  net.softmax(net.dense('fc', net.globalAveragePool('pool', last), 2));
  return net.build();
}
