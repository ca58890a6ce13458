import {
  findPreset,
  keptWeights,
  prunedLayers,
  PRUNING_PRESETS,
  sparsityAt,
  type PrunedLayer,
  type PruningPreset,
  type Sparsities,
} from '@archon-dse/compression';
import type { Plugin } from '@archon-dse/core';
import fusioNet from '@archon-dse/net-fusionet';
import mnasNet from '@archon-dse/net-mnasnet';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import shuffleNet from '@archon-dse/net-shufflenet';
import { buildNetwork } from '@archon-dse/testing';
import { planTraining, predictionRecipe } from '@archon-dse/training';
import { lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';

/** What is pruned and predicted in the four networks, against what the publication left behind. */

function layersOf(plugin: Plugin, preset: PruningPreset): readonly PrunedLayer[] {
  const { variant, dataset, tail } = preset;
  const options = { dataset, ...(variant === undefined ? {} : { variant }) };
  return prunedLayers(buildNetwork(plugin.networks![0]!, options), { tail });
}

/** Share of zeros after a ramp of `rampEpochs` epochs. */
function frozenAfter(rampEpochs: number): Sparsities {
  return {
    pointwise: sparsityAt(rampEpochs, { steps: rampEpochs, sparsity: 0.8 }),
    depthwise: sparsityAt(rampEpochs, { steps: rampEpochs, sparsity: 0.7 }),
  };
}

/** Weights of a layer that stay at a share of zeros, when no two are equal. */
function keptOfLayer({ kind, weights, tensors }: PrunedLayer, sparsities: Sparsities): number {
  return tensors * keptWeights(weights / tensors, sparsities[kind]);
}

function find(network: string, variant: 'baseline' | 'modified' | undefined, dataset: 'cifar10' | 'cifar100') {
  const preset = findPreset(PRUNING_PRESETS, { network, dataset, ...(variant === undefined ? {} : { variant }) });
  if (preset === undefined) throw new Error(`no preset for ${network}`);
  return preset;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('weights kept', () => {
  /** @source counted from the authors' builders with the rule of their scripts */
  it.each([
    [mobileNetV2, 'archon/mobilenet-v2', 'baseline', 'cifar10', [1_778_496, 362_091]],
    [mobileNetV2, 'archon/mobilenet-v2', 'modified', 'cifar10', [952_128, 201_317]],
    [mnasNet, 'archon/mnasnet', 'baseline', 'cifar10', [1_903_320, 391_609]],
    [mnasNet, 'archon/mnasnet', 'modified', 'cifar10', [1_235_520, 269_303]],
    [shuffleNet, 'archon/shufflenet', 'modified', 'cifar10', [834_612, 167_381]],
    [fusioNet, 'archon/fusionet', undefined, 'cifar10', [2_332_672, 508_544]],
    [fusioNet, 'archon/fusionet', undefined, 'cifar100', [2_499_072, 541_827]],
    [mobileNetV2, 'archon/mobilenet-v2', 'baseline', 'cifar100', [1_778_496, 362_118]],
    [mnasNet, 'archon/mnasnet', 'baseline', 'cifar100', [1_903_320, 391_580]],
  ] as const)('%# %s %s %s: prunable and kept %j', (plugin, network, variant, dataset, [prunable, kept]) => {
    const preset = find(network, variant, dataset);
    const layers = layersOf(plugin, preset);
    expect(sum(layers.map(({ weights }) => weights))).toBe(prunable);
    expect(sum(layers.map((layer) => keptOfLayer(layer, frozenAfter(preset.rampEpochs))))).toBe(kept);
  });
});

describe('FusioNet for CIFAR-100', () => {
  const layers = layersOf(fusioNet, find('archon/fusionet', undefined, 'cifar100'));
  const tensors = layers.flatMap((layer) => {
    const size = layer.weights / layer.tensors;
    return Array.from({ length: layer.tensors }, () => ({
      size,
      kind: layer.kind,
      layer: { ...layer, weights: size, tensors: 1 },
    }));
  });

  /** Non-zero weights of a tensor by its size. @source densities the authors measured on their pruned model (prune_ratio.out) */
  const MEASURED = {
    pointwise: { 4736: 947, 9472: 1895, 14208: 2842, 20736: 4148, 34560: 6913, 204800: 40963 },
    depthwise: { 21312: 6394, 31104: 9332 },
  } as const satisfies Record<PrunedLayer['kind'], Record<number, number>>;

  const misses = (sparsities: Sparsities): number => {
    return tensors.filter(({ size, kind, layer }) => {
      const measured: Readonly<Record<number, number>> = MEASURED[kind];
      return keptOfLayer(layer, sparsities) !== measured[size];
    }).length;
  };

  it('has the 145 pruned tensors of the 151 measured; the others are dense', () => {
    expect(tensors.length).toBe(145);
    const network = buildNetwork(fusioNet.networks![0]!, { dataset: 'cifar100' });
    const pruned = new Set(layers.map(({ name }) => name));
    const dense = lowerToWorkloads(network).filter(({ name, op }) => !pruned.has(name) && op !== 'dense');
    expect(dense.map(({ name }) => name)).toEqual(['stem', 'head.pw', 'head.dw']);
    expect(sum(dense.map(({ op, groups }) => (op === 'depthwise' ? 1 : groups)))).toBe(6);
  });

  it('has every measured density after a ramp of 37 or 38 epochs and no other up to 400', () => {
    const exact = Array.from({ length: 396 }, (_, index) => index + 5).filter((n) => misses(frozenAfter(n)) === 0);
    expect(exact).toEqual([37, 38]);
    expect(misses({ pointwise: 0.8, depthwise: 0.7 })).toBe(105);
  });

  it('records densities that lower to workloads', () => {
    const network = buildNetwork(fusioNet.networks![0]!, { dataset: 'cifar100' });
    const kept = (layer: PrunedLayer): number => keptOfLayer(layer, frozenAfter(38)) / layer.weights;
    const densities = layers.map((layer) => [layer.name, { weights: kept(layer) }] as const);
    const workloads = lowerToWorkloads(network, { densities: Object.fromEntries(densities) });
    const density = (name: string) => workloads.find((workload) => workload.name === name)?.density?.weights;
    expect(density('b1.expand')).toBeCloseTo(0.199958, 6);
    expect(density('b9.depthwise')).toBeCloseTo(0.300026, 6);
    expect(density('tail')).toBeCloseTo(0.2000146, 7);
    expect(density('stem')).toBeUndefined();
  });
});

describe('what is pruned', () => {
  const names = (plugin: Plugin, options: Record<string, string>) =>
    prunedLayers(buildNetwork(plugin.networks![0]!, options)).map(({ name }) => name);

  it('is both pointwise layers and the depthwise one of b1 to the last block', () => {
    const blocks = Array.from({ length: 16 }, (_, index) => `b${index + 1}`);
    const trio = (block: string) => [`${block}.expand`, `${block}.depthwise`, `${block}.project`];
    expect(names(mobileNetV2, { variant: 'baseline' })).toEqual(blocks.flatMap(trio));
    expect(names(mobileNetV2, { variant: 'modified' })).toEqual(blocks.slice(0, 14).flatMap(trio));
    expect(names(mnasNet, { variant: 'modified', dataset: 'cifar100' })).toEqual(blocks.slice(0, 15).flatMap(trio));
    expect(names(fusioNet, {})).toEqual(blocks.flatMap(trio));
    expect(names(shuffleNet, { variant: 'baseline' })).toEqual(
      blocks.slice(0, 15).flatMap((block) => [`${block}.expand`, `${block}.depthwise`, `${block}.project`]),
    );
    expect(names(shuffleNet, { variant: 'modified' })).toEqual(
      blocks.slice(0, 15).flatMap((block) => [`${block}.expand`, `${block}.project`, `${block}.depthwise`]),
    );
  });
});

describe('prediction', () => {
  /**
   * @source the checkpoint index of the published MobileNetV2 predictor has 1,271,210 variables and momentum for 170,106; the others
   * are counted from the scripts in the same way. FusioNet for CIFAR-100 keeps and trains ternary kernels of its own.
   */
  it.each([
    ['MobileNetV2', mobileNetV2, 'modified', 'cifar10', [1_271_210, 170_106]],
    ['MnasNet', mnasNet, 'modified', 'cifar10', [3_215_498, 1_805_898]],
    ['ShuffleNet', shuffleNet, 'modified', 'cifar10', [1_192_702, 96_322]],
    ['FusioNet', fusioNet, undefined, 'cifar10', [3_098_506, 240_458]],
    ['FusioNet', fusioNet, undefined, 'cifar100', [4_694_884, 1_836_196]],
  ] as const)('%s: variables and trained ones', (_name, plugin, variant, dataset, [total, trained]) => {
    const graph = buildNetwork(plugin.networks![0]!, { dataset, ...(variant === undefined ? {} : { variant }) });
    const recipe = predictionRecipe(variant === undefined ? 'published' : 'published-modified', graph);
    const { weights } = planTraining({ network: graph, recipe, epochs: 1, batch: 1 }).model;
    const count = (some: typeof weights) => sum(some.map(({ shape }) => shape.reduce((a, b) => a * b, 1)));
    expect(count(weights)).toBe(total);
    expect(count(weights.filter(({ trainable }) => trainable))).toBe(trained);
  });
});
