import {
  averageShares,
  normWeights,
  type ConvNode,
  type DenseNode,
  type KernelNode,
  type PlanNode,
  type PoolNode,
} from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { normaliseBack } from './batch-norm.js';
import { convolveBack, depthwiseBack, kernelGradient, padding } from './convolution.js';
import { clip, shuffle } from './forward.js';
import type { PlanPass } from './plan-pass.js';
import { cellSums, channelSums, productOverRows } from './sums.js';
import { throughTernary } from './ternary.js';

/** Gradients of weights, by name. */
export type WeightGradients = ReadonlyMap<string, Tensor>;

/** Gradients of all trainable weights from that of the scores, batch x classes. The forward pass is over. */
export function runBackward(pass: PlanPass, scores: Tensor2D): WeightGradients {
  const { plan } = pass;
  const arriving = new Map<string, Tensor4D>();
  const gradients = new Map<string, Tensor>();
  arriving.set(plan.nodes.at(-1)?.name ?? '', tf.reshape(scores, [plan.batch, 1, 1, plan.classes]));
  for (const node of [...plan.nodes].reverse()) {
    const dy = arriving.get(node.name);
    if (dy !== undefined && node.differentiable) {
      const { inputs, weights } = tf.tidy(() => made(pass, node, nodeGradients(pass, node, dy)));
      Object.entries(weights).forEach(([name, gradient]) => gradients.set(name, gradient));
      Object.entries(inputs).forEach(([index, gradient]) =>
        receive(arriving, node.inputs[Number(index)] ?? '', gradient),
      );
    }
    dy?.dispose();
    pass.finishBackward(node);
  }
  return gradients;
}

/** Gradients that are computed only when something wants them. */
interface NodeGradients {
  readonly inputs: readonly (undefined | (() => Tensor4D))[];
  readonly weights: readonly (readonly [name: string, make: () => Tensor])[];
}

/** By index of the input and by name of the weight. */
interface MadeGradients {
  [part: string]: Record<string, Tensor>;
  inputs: Record<string, Tensor4D>;
  weights: Record<string, Tensor>;
}

function made(pass: PlanPass, node: PlanNode, { inputs, weights }: NodeGradients): MadeGradients {
  const result: MadeGradients = { inputs: {}, weights: {} };
  for (const [name, make] of weights) if (pass.isTrainable(name)) result.weights[name] = make();
  node.inputs.forEach((name, index) => {
    const make = inputs[index];
    if (make !== undefined && pass.node(name).differentiable) result.inputs[index] = make();
  });
  return result;
}

/** Adds up what arrives at a node from several sides. */
function receive(arriving: Map<string, Tensor4D>, name: string, gradient: Tensor4D): void {
  const earlier = arriving.get(name);
  if (earlier === undefined) return void arriving.set(name, gradient);
  arriving.set(name, tf.add(earlier, gradient));
  earlier.dispose();
  gradient.dispose();
}

function nodeGradients(pass: PlanPass, node: PlanNode, dy: Tensor4D): NodeGradients {
  switch (node.op) {
    case 'conv':
    case 'depthwise':
      return convGradients(pass, node, dy);
    case 'dense':
      return denseGradients(pass, node, dy);
    case 'batchNorm': {
      const norm = pass.norms.get(node.name);
      const [x] = pass.inputs(node);
      if (norm === undefined || x === undefined) throw new RangeError(`"${node.name}" has no statistics`);
      const back = normaliseBack(x, dy, norm, node.training);
      const { gamma, beta } = normWeights(node);
      const weights = [[gamma, () => back.gamma] as const, [beta, () => back.beta] as const];
      return { inputs: [back.input], weights };
    }
    default:
      return { inputs: inputGradients(pass, node, dy), weights: [] };
  }
}

/** Gradients of the inputs of operations without weights. */
function inputGradients(pass: PlanPass, node: PlanNode, dy: Tensor4D): NodeGradients['inputs'] {
  const [height, width] = pass.inputShape(node);
  switch (node.op) {
    case 'relu':
      return [() => tf.mul(dy, tf.step(pass.value(node.name)))];
    case 'sigmoid':
      return [
        () => {
          const y = pass.value(node.name);
          return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
        },
      ];
    case 'quantise': {
      const [x] = pass.inputs(node) as [Tensor4D];
      return [() => tf.sub(dy, tf.mul(dy, tf.step(tf.abs(tf.sub(x, clip(x, node.levels))))))];
    }
    case 'gate':
      return [undefined, () => tf.clone(dy)];
    case 'multiply': {
      const [x, other] = pass.inputs(node) as [Tensor4D, Tensor4D];
      return [() => tf.mul(dy, other), () => cellSums(tf.mul(dy, x))];
    }
    case 'concat':
      return concatGradients(pass, node, dy);
    case 'averagePool':
      return [() => averageBack(pass, node, dy)];
    case 'maxPool':
      return [() => maximumBack(pass, node, dy)];
    case 'globalAveragePool':
      return [() => tf.mul(dy, tf.fill([1, height, width, 1], 1 / (height * width)))];
    case 'channelShuffle':
      return [() => shuffle(dy, node.shape[2] / node.groups)];
    default:
      return node.inputs.map(() => () => tf.clone(dy));
  }
}

function convGradients(pass: PlanPass, node: ConvNode, dy: Tensor4D): NodeGradients {
  const kernel = (): Tensor => {
    const [x] = pass.inputs(node) as [Tensor4D];
    return kernelBack(pass, node, kernelGradient(node, pass.weight(node.kernel.weight).shape, x, dy));
  };
  const bias = node.bias === null ? [] : [[node.bias, () => channelSums(dy)] as const];
  return {
    inputs: [() => convolveBack(node, pass.inputShape(node), pass.kernel(node) as Tensor4D, dy)],
    weights: [[node.kernel.weight, kernel], ...bias],
  };
}

function denseGradients(pass: PlanPass, node: DenseNode, dy: Tensor4D): NodeGradients {
  const { batch } = pass.plan;
  const errors: Tensor2D = tf.reshape(dy, [batch, -1]);
  const kernel = (): Tensor => {
    const [x] = pass.inputs(node) as [Tensor4D];
    return kernelBack(pass, node, productOverRows(tf.reshape(x, [batch, -1]), errors));
  };
  const back = (): Tensor4D => {
    return tf.reshape(tf.matMul(errors, tf.transpose(pass.kernel(node))), [batch, ...pass.inputShape(node)]);
  };
  const bias = node.bias === null ? [] : [[node.bias, () => tf.sum(errors, 0)] as const];
  return { inputs: [back], weights: [[node.kernel.weight, kernel], ...bias] };
}

function kernelBack(pass: PlanPass, node: KernelNode, gradient: Tensor): Tensor {
  const ternary = pass.ternary(node);
  return ternary === undefined ? gradient : throughTernary(gradient, ternary, node.kernel.ternary?.factor ?? 1);
}

function concatGradients(pass: PlanPass, node: PlanNode, dy: Tensor4D): NodeGradients['inputs'] {
  let end = 0;
  return node.inputs.map((name) => {
    const start = end;
    const channels = pass.node(name).shape[2];
    end += channels;
    return () => tf.slice(dy, [0, 0, 0, start], [-1, -1, -1, channels]);
  });
}

/** Spreads each gradient over the real cells of its window. */
function averageBack(pass: PlanPass, node: PoolNode, dy: Tensor4D): Tensor4D {
  const { size } = node.window;
  const input = pass.inputShape(node);
  const [rows, columns, channels] = node.shape;
  const shared: Tensor4D = tf.mul(dy, tf.tensor4d(averageShares(node, input), [1, rows, columns, 1]));
  return depthwiseBack(node.window, input, tf.ones([size, size, channels, 1]), shared);
}

function maximumBack(pass: PlanPass, node: PoolNode, dy: Tensor4D): Tensor4D {
  const { size, stride } = node.window;
  const [input] = pass.inputs(node) as [Tensor4D];
  const inputs = { dy, input, output: pass.value(node.name) };
  return tf
    .engine()
    .runKernel('MaxPoolGrad', inputs, { filterSize: size, strides: stride, pad: padding(node.window, input.shape) });
}
