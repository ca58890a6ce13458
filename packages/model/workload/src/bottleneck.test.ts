import { describe, expect, it } from 'vitest';
import { FUSED_GROUPS } from './bottleneck.js';
import { NetworkBuilder, type Tensor } from './builder/index.js';
import { lowerToWorkloads } from './lower.js';

interface Shape {
  readonly shuffle?: boolean;
  readonly squeeze?: boolean;
  /** Adds the expanded tensor to the output of the block. */
  readonly readTwice?: boolean;
}

/** 6 -> 12 -> 12 channels in two groups; the fused groups of its layers by name. */
function fusedGroups({
  shuffle = false,
  squeeze = false,
  readTwice = false,
}: Shape): Record<string, number | undefined> {
  const net = new NetworkBuilder({ id: 't/n', input: [8, 8, 6], classes: 10 });
  net.block('b1');
  const expanded = net.relu(net.conv('expand', net.input, { filters: 12, groups: 2, role: 'expand' }));
  const mixed = shuffle ? net.channelShuffle(expanded, 2) : expanded;
  let x: Tensor = net.relu(net.batchNorm(net.depthwise('depthwise', mixed, { kernel: 3 })));
  if (squeeze) x = net.squeezeExcite('se', x, 3);
  x = net.conv('project', x, { filters: 12, groups: 2, role: 'project' });
  if (readTwice) x = net.add('add', x, expanded);
  net.dense('fc', net.globalAveragePool('pool', x), 10);
  const workloads = lowerToWorkloads(net.build());
  return Object.fromEntries(workloads.map((workload) => [workload.name, workload.facts?.[FUSED_GROUPS]]));
}

describe('fused groups of workloads', () => {
  it('are the groups of the block, on its three layers only', () => {
    expect(fusedGroups({})).toEqual({ expand: 2, depthwise: 2, project: 2, fc: undefined });
  });

  it('are one where a shuffle connects all channels', () => {
    expect(fusedGroups({ shuffle: true })).toMatchObject({ expand: 1, depthwise: 1, project: 1 });
  });

  it('are absent where a gate lies between the layers, or something else reads an inner result', () => {
    const none = { expand: undefined, depthwise: undefined, project: undefined };
    expect(fusedGroups({ squeeze: true })).toMatchObject(none);
    expect(fusedGroups({ readTwice: true })).toMatchObject(none);
  });
});
