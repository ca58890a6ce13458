import { decay } from '@archon-dse/compression';
import { proceduralDataset } from '@archon-dse/data';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import { NetworkBuilder } from '@archon-dse/workload';
import { loadBackend } from './backends/load-backend.js';
import type { Recipe } from './loop/recipe.js';
import type { TrainOptions } from './loop/train-model.js';

const backend = await loadBackend('auto');

/** A network of one pruned block. */
export function tinyNetwork() {
  const net = new NetworkBuilder({ id: 'me/tiny', input: [8, 8, 3], classes: 2 });
  const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 4, kernel: 3, stride: 2, role: 'stem' })));
  net.block('b1');
  const wide = net.relu(net.batchNorm(net.conv('b1.expand', stem, { filters: 8, groups: 2, role: 'expand' })));
  const deep = net.relu(net.batchNorm(net.depthwise('b1.depthwise', wide, { kernel: 3 })));
  const narrow = net.batchNorm(net.conv('b1.project', deep, { filters: 4, role: 'project' }));
  net.block('tail');
  net.softmax(net.dense('fc', net.globalAveragePool('pool', narrow), 2));
  return net.build();
}

/** Weights of the tiny network, of which `fc/kernel` has three that are not zero. */
export function tinyTensors(): NamedTensors {
  const plan = planModel({ network: tinyNetwork(), batch: 1 });
  const state = initialState(plan, 1);
  const weights = plan.weights.flatMap(({ name }) => (state[name] === undefined ? [] : [[name, state[name]] as const]));
  return {
    ...Object.fromEntries(weights),
    'fc/kernel': { shape: [4, 2], data: Float32Array.of(1, 0, 2, 3, 0, 0, 0, 0) },
  };
}

export const TINY_RECIPE: Recipe = {
  momentum: 0.9,
  learningRate: [{ kind: 'cubic', epochs: 4, duration: 4, from: 0.1, to: 0.01 }],
  decay: decay(1e-4),
  keep: 'last',
};

export const TINY_PRUNING: Recipe = {
  ...TINY_RECIPE,
  pruning: { rampEpochs: 2, rampSteps: 2, sparsities: { pointwise: 0.5, depthwise: 0.25 }, tail: false },
};

/** Tensors with zeros in the kernel of one layer. */
export function withZeros(tensors: NamedTensors, layer: string, kept: (index: number) => boolean): NamedTensors {
  const name = `${layer}/kernel`;
  const kernel = tensors[name];
  if (kernel === undefined) return tensors;
  return { ...tensors, [name]: { ...kernel, data: kernel.data.map((value, index) => (kept(index) ? value : 0)) } };
}

/** Options of a training of four epochs of six batches. */
export function tinyTraining(changes: Partial<TrainOptions> = {}): TrainOptions {
  const data = { seed: 1, classes: 2, resolution: 8 } as const;
  return {
    stage: 'train',
    network: tinyNetwork(),
    backend,
    dataset: {
      train: proceduralDataset({ ...data, split: 'train', count: 48 }),
      test: proceduralDataset({ ...data, split: 'test', count: 21 }),
    },
    recipe: TINY_RECIPE,
    epochs: 4,
    batch: 8,
    seed: 7,
    ...changes,
  };
}
