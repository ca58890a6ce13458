import { normWeights, type BatchNormNode, type Levels, type PlanNode } from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { batchStatistics, normalise } from './batch-norm.js';
import { convolve, pool } from './convolution.js';
import { countGate } from './gates.js';
import type { PlanPass } from './plan-pass.js';
import { cellMeans } from './sums.js';

/** Runs a whole plan; returns the scores, batch x classes. */
export function runForward(pass: PlanPass, images: Float32Array): Tensor2D {
  const { plan } = pass;
  for (const node of plan.nodes) {
    if (node.op === 'batchNorm') takeStatistics(pass, node);
    if (node.op === 'gate' && !pass.training) {
      const [actual, predictor] = pass.inputs(node) as [Tensor4D, Tensor4D];
      pass.gates.set(node.name, countGate(actual, predictor));
    }
    const value = tf.tidy(() => valueOf(pass, node, images));
    pass.finishForward(node, value);
  }
  return tf.reshape(pass.value(plan.nodes.at(-1)?.name ?? ''), [plan.batch, plan.classes]);
}

function valueOf(pass: PlanPass, node: PlanNode, images: Float32Array): Tensor4D {
  const { batch } = pass.plan;
  if (node.op === 'input') return tf.tensor4d(images, [batch, ...node.shape]);
  const inputs = pass.inputs(node);
  const [x] = inputs as [Tensor4D];
  switch (node.op) {
    case 'conv':
    case 'depthwise':
      return withBias(pass, node.bias, convolve(node, x, pass.kernel(node) as Tensor4D));
    case 'dense': {
      const product = tf.matMul(tf.reshape(x, [batch, -1]), pass.kernel(node));
      return withBias(pass, node.bias, tf.reshape(product, [batch, ...node.shape]));
    }
    case 'batchNorm': {
      const norm = pass.norms.get(node.name);
      if (norm === undefined) throw new RangeError(`"${node.name}" has no statistics`);
      return normalise(x, norm);
    }
    case 'averagePool':
    case 'maxPool':
      return pool(node, x);
    case 'channelShuffle':
      return shuffle(x, node.groups);
    default:
      return valueByValue(node, inputs);
  }
}

function valueByValue(node: PlanNode, inputs: readonly Tensor4D[]): Tensor4D {
  const [x, other = x] = inputs as [Tensor4D, Tensor4D?];
  switch (node.op) {
    case 'relu':
      return tf.relu(x);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'add':
      return tf.addN([...inputs]);
    case 'concat':
      return tf.concat([...inputs], 3);
    case 'multiply':
      return tf.mul(x, other);
    case 'quantise':
      return quantise(x, node.levels);
    case 'gate':
      return tf.mul(x, tf.step(other));
    case 'globalAveragePool':
      return cellMeans(x);
    default:
      throw new RangeError(`"${node.name}" is a ${node.op}, which has no value of its own`);
  }
}

function takeStatistics(pass: PlanPass, node: BatchNormNode): void {
  const { gamma, beta, mean, variance } = normWeights(node);
  const at = (name: string): Tensor => pass.weight(name);
  const moving = { gamma: at(gamma), beta: at(beta), mean: at(mean), variance: at(variance) };
  const isBatch = pass.training && node.training;
  pass.norms.set(node.name, isBatch ? { ...moving, ...batchStatistics(pass.value(node.inputs[0] ?? '')) } : moving);
}

function withBias(pass: PlanPass, bias: string | null, value: Tensor4D): Tensor4D {
  return bias === null ? value : tf.add(value, pass.weight(bias));
}

/** Exchanges the two parts of the channel index; shuffling back takes the other part as `groups`. */
export function shuffle(x: Tensor4D, groups: number): Tensor4D {
  const split = tf.reshape(x, [-1, groups, x.shape[3] / groups]);
  return tf.reshape(tf.transpose(split, [0, 2, 1]), x.shape);
}

function quantise(x: Tensor4D, levels: Levels): Tensor4D {
  const { least, step } = levels;
  const code = tf.floor(tf.add(tf.div(tf.sub(clip(x, levels), least), step), 0.5));
  return tf.add(tf.mul(code, step), least);
}

/** Clamped to the range of the quantiser. */
export function clip(x: Tensor4D, { least, most }: Levels): Tensor4D {
  return tf.clipByValue(x, least, most);
}
