import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom, type Network } from '@archon-dse/core';
import type { NamedTensors } from '@archon-dse/tensor';
import { networkLayers } from './network-layers.js';

/** A stem, a convolution of two groups with BatchNorm, a depthwise one and a classifier. */
export const NETWORK: Network = {
  id: 'me/tiny',
  input: [8, 8, 3],
  classes: 2,
  layers: [
    { name: 'image', op: 'input', role: 'input', block: 'head', inputs: [] },
    conv('stem', 'image', { filters: 4, groups: 1, bias: true }),
    conv('b1.expand', 'stem', { filters: 6, groups: 2, bias: true }),
    { name: 'b1.expand.bn', op: 'batchNorm', role: 'norm', block: 'b1', inputs: ['b1.expand'] },
    {
      ...{ name: 'b1.depthwise', op: 'depthwise', role: 'depthwise', block: 'b1', inputs: ['b1.expand.bn'] },
      ...{ kernel: 3, stride: 1, bias: false },
    },
    { name: 'pool', op: 'globalAveragePool', role: 'pool', block: 'tail', inputs: ['b1.depthwise'] },
    { name: 'fc', op: 'dense', role: 'classifier', block: 'tail', inputs: ['pool'], units: 2, bias: true },
  ],
};

function conv(name: string, input: string, rest: { filters: number; groups: number; bias: boolean }) {
  return { name, op: 'conv', role: 'pointwise', block: 'b1', inputs: [input], kernel: 1, stride: 1, ...rest } as const;
}

/** Weights that all differ; variances are positive. */
export function randomWeights(network: Network): NamedTensors {
  const random = seededRandom(1, network.id);
  return Object.fromEntries(
    networkLayers(network).flatMap(({ weights }) =>
      weights.map(({ name, shape }) => {
        const size = shape.reduce((product, extent) => product * extent, 1);
        const least = name.endsWith('/variance') ? 0 : -0.5;
        return [name, { shape, data: Float32Array.from({ length: size }, () => random() + least) }];
      }),
    ),
  );
}

/** A new folder; `remove` deletes it. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'weights-'));
  return { path, file: (name: string) => join(path, name), remove: () => rm(path, { recursive: true }) };
}
