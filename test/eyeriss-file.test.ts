import densePlugin from '@archon-dse/accel-dense';
import spatialPlugin from '@archon-dse/accel-spatial';
import { ARCHITECTURES } from '@archon-dse/architecture';
import {
  withValueAt,
  type AcceleratorContribution,
  type LayerRun,
  type Options,
  type Workload,
} from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { SAMPLE_WORKLOADS } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';

/** Convolutions of AlexNet, VGG-16 and ResNet-50, and the small ones of the contract suite. */
const LAYERS: readonly Workload[] = [
  conv('alexnet-conv2', 48, 128, 5, 27),
  conv('alexnet-conv3', 256, 384, 3, 13),
  conv('vgg-conv3-2', 256, 256, 3, 56),
  conv('resnet-stem', 3, 64, 7, 112),
  conv('resnet-expand', 64, 256, 1, 56),
  ...SAMPLE_WORKLOADS.filter(({ op, groups }) => op !== 'depthwise' && groups === 1),
];

/** Options of the dense array, and the members of the file that are the same hardware. */
const SIZES: readonly (readonly [Options, Readonly<Record<string, number>>])[] = [
  [{ meshX: 14, meshY: 12, ifmapSpadWords: 12 }, {}],
  [{}, { 'shared_glb.meshX': 8, 'DummyBuffer.meshY': 9, 'ifmap_spad.sizeWords': 16 }],
  [
    { meshX: 16, meshY: 6, glbKib: 64, glbBanks: 16, glbReadBandwidth: 4, psumSpadWords: 8 },
    {
      ...{ 'shared_glb.meshX': 16, 'DummyBuffer.meshY': 6, 'ifmap_spad.sizeWords': 16, 'psum_spad.sizeWords': 8 },
      ...{ 'shared_glb.sizeKib': 64, 'shared_glb.attributes.banks': 16, 'shared_glb.readBandwidth': 4 },
    },
  ],
];

describe('the file of Eyeriss', () => {
  it.each(SIZES)('is the dense array with %j, to the last figure', (options, members) => {
    const start: Options = { architecture: ARCHITECTURES['eyeriss'] ?? {} };
    const given = Object.entries({ technology: '45nm', ...prefixed(members) }).reduce(
      (all, [path, value]) => withValueAt(all, `architecture.${path}`, value),
      start,
    );
    const [file] = spatialPlugin.accelerators ?? [];
    const [dense] = densePlugin.accelerators ?? [];
    const [ours, theirs] = [run(file!, given), run(dense!, options)];
    expect(ours.prices).toEqual(theirs.prices);
    expect(ours.layers).toEqual(theirs.layers);
  });
});

function prefixed(members: Readonly<Record<string, number>>): Options {
  return Object.fromEntries(Object.entries(members).map(([path, value]) => [`levels.${path}`, value]));
}

function run(contribution: AcceleratorContribution, options: Options) {
  const accelerator = contribution.create(options);
  const prices = priceComponents(accelerator.components());
  const workloads = LAYERS.filter((layer) => accelerator.supports(layer).ok);
  expect(workloads.length).toBeGreaterThan(5);
  const result = accelerator.run({ workloads, prices, cache: new Map(), seed: 0 });
  return { prices, layers: (result as { readonly layers: readonly LayerRun[] }).layers };
}

function conv(name: string, C: number, M: number, kernel: number, plane: number): Workload {
  const stride = name === 'resnet-stem' ? 2 : 1;
  const problem = { C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride };
  const macs = C * M * kernel ** 2 * plane ** 2;
  return { name, block: 'net', role: 'conv', op: 'conv', problem, groups: 1, macs };
}
