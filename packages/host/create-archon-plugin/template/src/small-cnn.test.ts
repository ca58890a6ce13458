import { buildNetwork, describeNetworkContract } from '@archon-dse/testing';
import { describeNetwork } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';
import { smallCnn } from './small-cnn.ts';

describeNetworkContract(plugin, { describe, expect, it }, [{ depth: 4 }, { channels: 1, classes: 2 }]);

it('has the multiplications that its formula gives', () => {
  const { macs } = describeNetwork(buildNetwork(smallCnn, { channels: 8, depth: 1 }));
  const stem = 32 * 32 * 8 * (3 * 3 * 3);
  const block = 16 * 16 * 16 * (3 * 3 * 8);
  expect(macs).toBe(stem + block + 16 * 10);
});
