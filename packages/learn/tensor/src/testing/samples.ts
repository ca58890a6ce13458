import { seededRandom, type Network } from '@archon-dse/core';
import { NetworkBuilder, type Tensor } from '@archon-dse/workload';
import type { Batch } from '../backend.js';
import type { TrainingSpec } from '../training-spec.js';

const BATCH = 3;
const CLASSES = 3;

/** Small trainings that between them use every operation and every part of a specification. */
export const SAMPLE_SPECS: Readonly<Record<string, TrainingSpec>> = {
  'dense on an average': sample([4, 4, 3], (_net, x) => x),
  'convolution 3x3 with bias': sample([5, 6, 2], (net, x) =>
    net.conv('a', x, { filters: 4, kernel: 3, role: 'stem', bias: true }),
  ),
  'convolution 3x3, stride 2 on even sides, padded below and right only': sample([6, 8, 2], (net, x) =>
    net.conv('a', x, { filters: 4, kernel: 3, stride: 2, role: 'stem' }),
  ),
  'convolution 3x3, stride 2 on odd sides, in groups': sample([5, 7, 4], (net, x) =>
    net.conv('a', behind(net, x), { filters: 6, kernel: 3, stride: 2, groups: 2, role: 'stem' }),
  ),
  'convolution 5x5, stride 2 on even sides': sample([6, 6, 2], (net, x) =>
    net.conv('a', behind(net, x), { filters: 3, kernel: 5, stride: 2, role: 'stem' }),
  ),
  'pointwise convolution': sample([4, 5, 3], (net, x) =>
    net.conv('a', behind(net, x), { filters: 5, role: 'pointwise' }),
  ),
  'pointwise convolution in groups': sample([4, 5, 6], (net, x) =>
    net.conv('a', behind(net, x), { filters: 9, groups: 3, role: 'pointwise' }),
  ),
  'pointwise convolution, stride 2': sample([4, 5, 3], (net, x) =>
    net.conv('a', behind(net, x), { filters: 5, stride: 2, role: 'pointwise' }),
  ),
  'depthwise 3x3': sample([4, 5, 3], (net, x) => net.depthwise('a', behind(net, x), { kernel: 3 })),
  'depthwise 3x3, stride 2 on even sides': sample([6, 8, 3], (net, x) =>
    net.depthwise('a', behind(net, x), { kernel: 3, stride: 2 }),
  ),
  'depthwise 5x5, stride 2 on an even and an odd side': sample([6, 7, 3], (net, x) =>
    net.depthwise('a', behind(net, x), { kernel: 5, stride: 2 }),
  ),
  'depthwise 3x3 on 16 channels': sample([5, 4, 16], (net, x) => net.depthwise('a', behind(net, x), { kernel: 3 })),
  'depthwise 3x3 on 16 channels, stride 2 on an even and an odd side': sample([6, 7, 16], (net, x) =>
    net.depthwise('a', behind(net, x), { kernel: 3, stride: 2 }),
  ),
  'depthwise 1x1 on 16 channels, stride 3: windows leave cells out': sample([8, 9, 16], (net, x) =>
    net.depthwise('a', behind(net, x), { kernel: 1, stride: 3 }),
  ),
  'depthwise 5x5 on 16 channels': sample([6, 5, 16], (net, x) => net.depthwise('a', behind(net, x), { kernel: 5 })),
  'BatchNorm and ReLU': sample([4, 4, 3], (net, x) => net.relu(net.batchNorm(behind(net, x)))),
  'squeeze and excite': sample([4, 4, 3], (net, x) => net.squeezeExcite('se', behind(net, x), 2)),
  'channel shuffle, average pool and concatenation': sample([5, 6, 4], (net, x) => {
    const left = net.channelShuffle(behind(net, x), 2);
    return net.concat('join', net.averagePool('mean', left, { size: 3, stride: 2 }), halved(net, left));
  }),
  'maximum pool and sum': sample([6, 6, 2], (net, x) => {
    const left = net.maxPool('most', behind(net, x), { size: 3, stride: 2 });
    return net.add('sum', left, net.conv('b', left, { filters: 2, role: 'pointwise' }), left);
  }),
  'L2, frozen, masked and BatchNorm in inference': {
    ...sample([4, 4, 2], bottleneck),
    l2: { expand: 0.02, depthwise: 0.01, fc: 0.03 },
    frozen: ['first/kernel', 'first.bn/gamma', 'first.bn/beta', 'project.bn/gamma'],
    inferenceNorms: ['first.bn', 'project.bn'],
    masked: ['depthwise/kernel', 'project/kernel'],
  },
  'values rounded to levels': {
    ...sample([4, 4, 2], bottleneck),
    levels: {
      input: { least: -1.5, most: 1.5, step: 0.5 },
      'expand.relu': { least: 0, most: 0.75, step: 0.25 },
      join: { least: -0.5, most: 1, step: 0.0625 },
      fc: { least: -2, most: 2, step: 0.125 },
    },
  },
  'predictor with frozen kernels': {
    ...sample([4, 4, 2], bottleneck),
    predictor: { relus: ['expand.relu', 'depthwise.relu'], kernels: 'frozen' },
  },
  'predictor with straight-through kernels': {
    ...sample([4, 4, 2], bottleneck),
    l2: { 'expand.predictor': 0.02 },
    predictor: { relus: ['expand.relu', 'depthwise.relu'], kernels: 'straightThrough', gradientFactor: 2 },
  },
  'predictor with constrained kernels': {
    ...sample([4, 4, 2], bottleneck),
    predictor: { relus: ['expand.relu', 'depthwise.relu'], kernels: 'constrained' },
  },
};

/** Images in -2..2 and labels, both from a seed. */
export function sampleBatch({ network, batch }: TrainingSpec, seed: number): Batch {
  const random = seededRandom(seed, 'batch');
  const values = network.input.reduce((product, size) => product * size, batch);
  return {
    images: Float32Array.from({ length: values }, () => 4 * random() - 2),
    labels: Int32Array.from({ length: batch }, () => Math.floor(random() * network.classes)),
  };
}

export function sample(
  input: Network['input'],
  body: (net: NetworkBuilder, x: Tensor) => Tensor,
): Pick<TrainingSpec, 'network' | 'batch'> {
  const net = new NetworkBuilder({ id: 'archon/sample', input, classes: CLASSES });
  net.softmax(net.dense('fc', net.globalAveragePool('pool', body(net, net.input)), CLASSES));
  return { network: net.build(), batch: BATCH };
}

/** A trainable layer in front, so that a gradient to the input of the next one is wanted. */
export function behind(net: NetworkBuilder, x: Tensor): Tensor {
  return net.conv('first', x, { filters: x.shape[2], role: 'pointwise' });
}

function halved(net: NetworkBuilder, x: Tensor): Tensor {
  return net.depthwise('half', x, { kernel: 3, stride: 2 });
}

/** Grouped expansion, shuffle, depthwise and projection with a shortcut. */
function bottleneck(net: NetworkBuilder, x: Tensor): Tensor {
  const first = net.batchNorm(behind(net, x));
  const expand = net.conv('expand', first, { filters: 6, groups: 2, role: 'expand' });
  const shuffled = net.channelShuffle(net.relu(net.batchNorm(expand)), 2);
  const depthwise = net.relu(net.batchNorm(net.depthwise('depthwise', shuffled, { kernel: 3 })));
  return net.add('join', first, net.batchNorm(net.conv('project', depthwise, { filters: 2, role: 'project' })));
}
