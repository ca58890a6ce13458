import type { Network } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from './builder/index.js';
import { fusionAnalysis } from './fusion.js';

/** 6 -> 12 -> 4 channels on 8x8, two groups, 5x5 depthwise at stride 2, in the given block. */
function bottleneck(
  parts: { block?: string; shuffle?: boolean; squeeze?: boolean; depthwiseLast?: boolean } = {},
): Network {
  const { block = 'b1', shuffle = false, squeeze = false, depthwiseLast = false } = parts;
  const net = new NetworkBuilder({ id: 't/n', input: [8, 8, 6], classes: 10 });
  net.block(block);
  let x = net.relu(net.batchNorm(net.conv('expand', net.input, { filters: 12, groups: 2, role: 'expand' })));
  if (shuffle) x = net.channelShuffle(x, 2);
  const steps = [
    () => net.relu(net.batchNorm(net.depthwise('depthwise', x, { kernel: 5, stride: 2 }))),
    () => net.relu(net.batchNorm(net.conv('project', x, { filters: 4, groups: 2, role: 'project' }))),
  ];
  for (const step of depthwiseLast ? steps.reverse() : steps) {
    x = step();
    if (squeeze && x.name === 'depthwise.relu') x = net.squeezeExcite('se', x, 3);
  }
  net.add('add', x, x);
  return net.build();
}

const densities = { expand: { weights: 0.5 }, depthwise: { weights: 0.25 }, project: { weights: 0.5 } };

describe('fusionAnalysis', () => {
  it('counts a block with its depthwise in the middle', () => {
    const [expand, depthwise, project] = [64 * 36, 16 * 25 * 12, 16 * 24];
    const [block] = fusionAnalysis(bottleneck(), { densities }).blocks;
    expect(block).toEqual({
      block: 'b1',
      fusible: true,
      effectiveGroups: 2,
      layerwise: expand + depthwise + project,
      layerwiseSparse: expand / 2 + depthwise / 4 + project / 2,
      fused: 16 * 25 * 12,
      ratio: (expand + depthwise + project) / (16 * 25 * 12),
      predictedActivations: 64 * 12 + 16 * 12,
      additions: 16 * 25 * 3 * 6 * 4,
      sparseAdditions: (16 * 25 * 3 * 6 * 4) / 16,
    });
  });

  it('counts a block with its depthwise last', () => {
    const [expand, project, depthwise] = [64 * 36, 64 * 24, 16 * 25 * 4];
    expect(fusionAnalysis(bottleneck({ depthwiseLast: true })).blocks[0]).toMatchObject({
      layerwise: expand + project + depthwise,
      layerwiseSparse: expand + project + depthwise,
      fused: 16 * 25 * 12,
      predictedActivations: 64 * 12 + 64 * 4,
      additions: 16 * 25 * 3 * 6 * 4,
    });
  });

  it('derives from the shuffle that groups do not divide the fused kernel, unless told to count as published', () => {
    const network = bottleneck({ shuffle: true });
    expect(fusionAnalysis(network).blocks[0]).toMatchObject({ effectiveGroups: 1, fused: 16 * 25 * 24 });
    const published = fusionAnalysis(network, { grouping: 'published' });
    expect(published.blocks[0]).toMatchObject({ effectiveGroups: 2, fused: 16 * 25 * 12 });
  });

  it('says that squeeze-and-excite in between forbids fusing, and does not count it', () => {
    const [plain, gated] = [bottleneck(), bottleneck({ squeeze: true })].map(
      (network) => fusionAnalysis(network).blocks[0],
    );
    expect(gated).toEqual({ ...plain, fusible: false });
  });

  it('leaves out b0 and adds up the others', () => {
    expect(() => fusionAnalysis(bottleneck({ block: 'b0' }))).toThrow(/"t\/n" has no block to fuse/);
    const { blocks, total } = fusionAnalysis(bottleneck({ block: 'b0' }), { unfused: [] });
    expect(blocks.map(({ block }) => block)).toEqual(['b0']);
    expect(blocks[0]).toMatchObject(total);
    expect(() => fusionAnalysis(bottleneck(), { unfused: ['b1'] })).toThrow(/no block to fuse/);
  });

  it('passes over blocks whose convolutions are not one chain', () => {
    const net = new NetworkBuilder({ id: 't/n', input: [8, 8, 6], classes: 10 });
    net.block('b1');
    net.conv('expand', net.input, { filters: 6, role: 'expand' });
    const beside = net.depthwise('depthwise', net.input, { kernel: 3 });
    net.conv('project', beside, { filters: 6, role: 'project' });
    expect(() => fusionAnalysis(net.build())).toThrow(/no block to fuse/);
  });
});
