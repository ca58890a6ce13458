import { buildNetwork, describeNetworkContract } from '@archon-dse/testing';
import { describeNetwork, vectorWorkOf } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { convNeXt } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { width: 0.05, resolution: 33, thirdStage: 1 },
  { classes: 7, batch: 4 },
]);

describe('ConvNeXt', () => {
  /** @source parameters and MACs of torchvision 0.15 (convnext_tiny, _small, _base): 28,589,128 and 4.456 G, ... */
  it.each([
    ['tiny', 28_589_128, 4_455_531_264, 4.456],
    ['small', 50_223_688, 8_683_712_256, 8.684],
    ['base', 88_591_464, 15_354_729_472, 15.355],
  ])('%s has the published parameters and MACs', (variant, parameters, macs, published) => {
    const description = describeNetwork(buildNetwork(convNeXt, { variant }));
    expect(description).toMatchObject({ parameters, trainableParameters: parameters, macs });
    expect(description.macs / 1e9).toBeCloseTo(published, 3);
  });

  it('has the blocks of the paper, counted by hand', () => {
    const { layers } = describeNetwork(buildNetwork(convNeXt));
    const row = (name: string) => layers.find((layer) => layer.name === name);
    // 4 x 4 x 3 x 96 + 96, and 56 x 56 windows of 4 x 4 x 3 x 96.
    expect(row('stem')).toMatchObject({ out: [56, 56, 96], kernel: 4, stride: 4, parameters: 4_704, macs: 14_450_688 });
    // 7 x 7 x 96 + 96; 96 x 384 + 384; 384 x 96 + 96; one factor a channel.
    expect(row('b0.depthwise')).toMatchObject({ parameters: 4_800, macs: 14_751_744 });
    expect(row('b0.depthwise.ln')).toMatchObject({ op: 'layerNorm', parameters: 192, macs: 0 });
    expect(row('b0.wide')).toMatchObject({ out: [56, 56, 384], parameters: 37_248, macs: 115_605_504 });
    expect(row('b0.narrow')).toMatchObject({ out: [56, 56, 96], parameters: 36_960, macs: 115_605_504 });
    expect(row('b0.narrow.scale')).toMatchObject({ op: 'channelScale', parameters: 96 });
    // 2 x 2 x 96 x 192 + 192.
    expect(row('b3.down')).toMatchObject({ in: [56, 56, 96], out: [28, 28, 192], parameters: 73_920 });
    expect(row('fc')).toMatchObject({ in: [1, 1, 768], parameters: 769_000 });
    expect(layers.filter(({ op }) => op === 'depthwise').map(({ out }) => out.join('x'))).toEqual([
      ...Array<string>(3).fill('56x56x96'),
      ...Array<string>(3).fill('28x28x192'),
      ...Array<string>(9).fill('14x14x384'),
      ...Array<string>(3).fill('7x7x768'),
    ]);
  });

  it('leaves normalisations, activations and sums to the accelerator, and folds the factors', () => {
    const counts = new Map<string, number>();
    for (const { op } of vectorWorkOf(buildNetwork(convNeXt))) counts.set(op, (counts.get(op) ?? 0) + 1);
    // One LayerNorm a block, one after the stem, before each of three halvings, and before the classifier.
    expect(Object.fromEntries(counts)).toEqual({ layerNorm: 23, gelu: 18, add: 18, globalAveragePool: 1, softmax: 1 });
  });
});
