import { seededRandom, type Network } from '@archon-dse/core';
import { planModel, type ModelPlan, type NamedTensors, type PredictorSpec } from '@archon-dse/tensor';
import { NetworkBuilder, type Tensor } from '@archon-dse/workload';

/** A network with the given blocks between an image and three classes. */
export function networkOf(input: Network['input'], body: (net: NetworkBuilder, x: Tensor) => Tensor): Network {
  const net = new NetworkBuilder({ id: 'me/sample', input, classes: 3 });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', body(net, net.input)), 3));
  return net.build();
}

export interface Bottleneck {
  readonly mid: number;
  readonly out: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly groups?: number;
}

/** Pointwise, depthwise, pointwise, with ReLUs after the first two. */
export function bottleneck(net: NetworkBuilder, name: string, x: Tensor, spec: Bottleneck): Tensor {
  const { mid, out, kernel = 3, stride = 1, groups = 1 } = spec;
  const first = relu(net, net.conv(`${name}.expand`, x, { filters: mid, groups, role: 'expand' }));
  const second = relu(net, net.depthwise(`${name}.depthwise`, first, { kernel, stride }));
  return net.batchNorm(net.conv(`${name}.project`, second, { filters: out, groups, role: 'project' }));
}

/** Two grouped pointwise convolutions with a shuffle between them, then depthwise. */
export function shuffledBottleneck(net: NetworkBuilder, name: string, x: Tensor, spec: Bottleneck): Tensor {
  const { mid, out, kernel = 3, stride = 1, groups = 1 } = spec;
  const first = relu(net, net.conv(`${name}.expand`, x, { filters: mid, groups, role: 'expand' }));
  const shuffled = net.channelShuffle(first, groups);
  const second = relu(net, net.conv(`${name}.project`, shuffled, { filters: out, groups, role: 'project' }));
  return net.batchNorm(net.depthwise(`${name}.depthwise`, second, { kernel, stride }));
}

function relu(net: NetworkBuilder, x: Tensor): Tensor {
  return net.relu(net.batchNorm(x));
}

/** Blocks of every kind: strides, groups, shuffle, shortcut, concatenation, squeeze-and-excite, and one that is not predicted. */
export const NETWORKS: Readonly<Record<string, Network>> = {
  'a block with a shortcut': networkOf([5, 6, 4], (net, x) =>
    net.add('join', x, bottleneck(net, 'b1', x, { mid: 12, out: 4 })),
  ),
  'stride 2 on an even and an odd side, 5x5': networkOf([6, 7, 3], (net, x) =>
    bottleneck(net, 'b1', x, { mid: 9, out: 5, kernel: 5, stride: 2 }),
  ),
  'groups that nothing mixes, a shuffle behind them': networkOf([4, 4, 4], (net, x) =>
    net.channelShuffle(bottleneck(net, 'b1', x, { mid: 8, out: 6, groups: 2 }), 2),
  ),
  'two pointwise convolutions first, a shuffle between them': networkOf([5, 5, 6], (net, x) =>
    net.add('join', x, shuffledBottleneck(net, 'b1', x, { mid: 12, out: 6, groups: 3 })),
  ),
  'the same with stride 2 and a concatenation': networkOf([6, 6, 4], (net, x) => {
    const pooled = net.averagePool('mean', x, { size: 3, stride: 2 });
    return net.concat('join', shuffledBottleneck(net, 'b1', x, { mid: 8, out: 4, groups: 2, stride: 2 }), pooled);
  }),
  'two blocks, squeeze-and-excite between them': networkOf([4, 5, 3], (net, x) => {
    const first = bottleneck(net, 'b1', x, { mid: 10, out: 4 });
    return bottleneck(net, 'b2', net.squeezeExcite('b1.se', first, 2), { mid: 8, out: 4 });
  }),
};

/** Every ReLU of the blocks predicted, with random weights of which two thirds are zero, and statistics far from 0 and 1. */
export function predicted(network: Network, seed: number, kernels: PredictorSpec['kernels'] = 'frozen') {
  const plan = planModel({ network, batch: 1, predictor: { relus: relusOf(network), kernels } });
  return { plan, tensors: drawn(plan, seed) };
}

/** The same without predictors. */
export function unpredicted(network: Network, seed: number) {
  const plan = planModel({ network, batch: 1 });
  return { plan, tensors: drawn(plan, seed), relus: relusOf(network) };
}

function relusOf({ layers }: Network): readonly string[] {
  return layers.filter(({ op, name }) => op === 'relu' && !name.includes('.se.')).map(({ name }) => name);
}

function drawn(plan: ModelPlan, seed: number): NamedTensors {
  const random = seededRandom(seed, 'weights');
  const value = (name: string): number => {
    if (name.endsWith('/kernel')) return random() < 0.66 ? 0 : 2 * random() - 1;
    if (name.endsWith('/variance')) return 0.2 + random();
    return name.endsWith('/gamma') ? 2.4 * random() - 0.8 : random() - 0.5;
  };
  return Object.fromEntries(
    plan.weights.map(({ name, shape }) => {
      const size = shape.reduce((product, side) => product * side, 1);
      return [name, { shape, data: Float32Array.from({ length: size }, () => value(name)) }];
    }),
  );
}

/** Values in -3..3. */
export function imageFor({ input }: Network, seed: number): Float32Array {
  const random = seededRandom(seed, 'image');
  return Float32Array.from({ length: input.reduce((product, size) => product * size, 1) }, () => 6 * random() - 3);
}
