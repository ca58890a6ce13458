import type { StageState } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';

/**
 * Where a chain of stages starts, with a network of one grouped bottleneck on 8 x 8 images of two classes, which trains in a moment.
 *
 * @param id - of a network with published recipes, for stages that have some
 */
export function sampleState(id: string): StageState {
  const net = new NetworkBuilder({ id, input: [8, 8, 3], classes: 2 });
  const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, stride: 2, role: 'stem' })));
  net.block('b1');
  const wide = net.relu(net.batchNorm(net.conv('b1.expand', stem, { filters: 8, groups: 2, role: 'expand' })));
  const deep = net.relu(net.batchNorm(net.depthwise('b1.depthwise', wide, { kernel: 3 })));
  const narrow = net.batchNorm(net.conv('b1.project', deep, { filters: 4, role: 'project' }));
  net.block('tail');
  net.softmax(net.dense('fc', net.globalAveragePool('pool', narrow), 2));
  return { network: net.build(), densities: {}, metrics: {}, artifacts: {} };
}
