import { buildNetwork, describeNetworkContract } from '@archon-dse/testing';
import { describeNetwork, lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { encoder } from './index.ts';

describeNetworkContract(plugin, { describe, it, expect }, [
  { depth: 1, heads: 1 },
  { image: 8, patch: 8, width: 12 },
]);

describe('encoder', () => {
  // 4x4 patches of 4x4x3 values: 16 tokens of 32 channels in 2 heads
  const network = buildNetwork(encoder, { image: 16, width: 32, heads: 2, depth: 3 });
  const [tokens, width, patch, hidden, classes] = [16, 32, 48, 128, 10];

  it('has the parameters of its layers', () => {
    const dense = (inputs: number, outputs: number) => inputs * outputs + outputs;
    const norm = 2 * width;
    const block = 2 * norm + 4 * dense(width, width) + dense(width, hidden) + dense(hidden, width);
    const { parameters } = describeNetwork(network);
    expect(parameters).toBe(dense(patch, width) + tokens * width + 3 * block + norm + dense(width, classes));
  });

  it('has the MACs of its layers', () => {
    const attention = 4 * tokens * width * width + 2 * tokens * tokens * width;
    const block = attention + 2 * tokens * width * hidden;
    expect(describeNetwork(network).macs).toBe(tokens * patch * width + 3 * block + width * classes);
  });

  it('gives an accelerator the products of activations, a group for each head', () => {
    const workloads = lowerToWorkloads(network).filter(({ op }) => op === 'matmul');
    const sizes = workloads.slice(0, 2).map(({ name, groups, problem: { P, C, M } }) => ({ name, groups, P, C, M }));
    expect(sizes).toEqual([
      { name: 'b1.attention.scores', groups: 2, P: tokens, C: width / 2, M: tokens },
      { name: 'b1.attention.mixed', groups: 2, P: tokens, C: tokens, M: width / 2 },
    ]);
    expect(workloads).toHaveLength(6);
  });

  it('refuses heads that do not divide the channels, and patches that do not divide the image', () => {
    expect(() => buildNetwork(encoder, { heads: 5 })).toThrow('option heads is 5, which does not divide 64 channels');
    expect(() => buildNetwork(encoder, { patch: 5 })).toThrow(
      'option patch is 5, which does not divide an image of 32',
    );
  });
});
