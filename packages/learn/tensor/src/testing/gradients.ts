import type { TensorShape } from '@archon-dse/core';
import { BATCH_NORM, type BatchNormNode, type Levels, type PlanNode } from '../plan.js';
import {
  add,
  eachMove,
  eachWindowCell,
  gateIndex,
  get,
  normalised,
  windowCounts,
  type Gradients,
  type Reads,
} from './operations.js';
import { eachProduct } from './taps.js';

/** Gradients of one node from the gradient `dy` of its value `y`, computed the most literal way. */
export function backward(node: PlanNode, reads: Reads, y: Float64Array, dy: Float64Array): Gradients {
  const { batch, shapes, values } = reads;
  const [x = y] = values;
  const input = shapes[0] ?? node.shape;
  const inputs = values.map((value) => new Float64Array(value.length));
  const [dx = new Float64Array()] = inputs;
  switch (node.op) {
    case 'conv':
    case 'depthwise':
    case 'dense':
      return products(node, reads, dy);
    case 'batchNorm':
      return batchNorm(node, reads, dy);
    case 'averagePool':
    case 'globalAveragePool':
    case 'maxPool':
      return only(unpool(node, input, { batch, x, y, dy }));
    case 'channelShuffle':
    case 'concat':
      eachMove(node, shapes, batch, (which, from, to) => add(inputs[which] ?? dx, from, get(dy, to)));
      return { inputs, weights: {} };
    default:
      return valueByValue(node, reads.values, y, dy);
  }
}

/** Operations that treat each value alike. */
function valueByValue(node: PlanNode, values: readonly Float64Array[], y: Float64Array, dy: Float64Array): Gradients {
  const [x = y, other = y] = values;
  switch (node.op) {
    case 'relu':
      return only(dy.map((value, index) => (get(x, index) > 0 ? value : 0)));
    case 'sigmoid':
      return only(dy.map((value, index) => value * get(y, index) * (1 - get(y, index))));
    case 'quantise':
      return only(dy.map((value, index) => (inRange(get(x, index), node.levels) ? value : 0)));
    case 'gate':
      return { inputs: [new Float64Array(x.length), dy], weights: {} };
    case 'add':
      return { inputs: values.map(() => dy), weights: {} };
    case 'multiply': {
      const gated = dy.map((value, index) => value * get(other, gateIndex(index, node.shape)));
      const gate = new Float64Array(other.length);
      dy.forEach((value, index) => add(gate, gateIndex(index, node.shape), value * get(x, index)));
      return { inputs: [gated, gate], weights: {} };
    }
    default:
      return { inputs: [], weights: {} };
  }
}

function only(dx: Float64Array): Gradients {
  return { inputs: [dx], weights: {} };
}

function inRange(value: number, { least, most }: Levels): boolean {
  return value >= least && value <= most;
}

function products(node: PlanNode & { op: 'conv' | 'depthwise' | 'dense' }, reads: Reads, dy: Float64Array): Gradients {
  const [x = dy] = reads.values;
  const kernelValues = reads.weights['kernel'] ?? dy;
  const dx = new Float64Array(x.length);
  const kernel = new Float64Array(kernelValues.length);
  const bias = new Float64Array(node.shape[2]);
  eachProduct(node, reads.shapes[0] ?? node.shape, reads.batch, (from, weight, to) => {
    add(dx, from, get(dy, to) * get(kernelValues, weight));
    add(kernel, weight, get(dy, to) * get(x, from));
  });
  dy.forEach((value, index) => add(bias, index % bias.length, value));
  return { inputs: [dx], weights: { kernel, bias } };
}

/** With batch statistics, mean and variance depend on the input as well. */
function batchNorm(node: BatchNormNode, { values, weights }: Reads, dy: Float64Array): Gradients {
  const [x = dy] = values;
  const channels = node.shape[2];
  const count = x.length / channels;
  const at = (part: string, index: number): number => weights[part]?.[index % channels] ?? Number.NaN;
  const scores = x.map((value, index) => normalised(value, at('mean', index), at('variance', index)));
  const beta = new Float64Array(channels);
  const gamma = new Float64Array(channels);
  dy.forEach((value, index) => add(beta, index % channels, value));
  dy.forEach((value, index) => add(gamma, index % channels, value * get(scores, index)));
  const dx = dy.map((value, index) => {
    const c = index % channels;
    const through = node.training ? (get(beta, c) + get(scores, index) * get(gamma, c)) / count : 0;
    return (at('gamma', c) * (value - through)) / Math.sqrt(at('variance', c) + BATCH_NORM.epsilon);
  });
  return { inputs: [dx], weights: { gamma, beta } };
}

interface Pooled {
  readonly batch: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dy: Float64Array;
}

/** The first of several equal maxima takes the whole gradient. */
function unpool(node: PlanNode, input: TensorShape, { batch, x, y, dy }: Pooled): Float64Array {
  const channels = node.shape[2];
  const dx = new Float64Array(x.length);
  const counts = windowCounts(node, input, batch);
  const taken = new Set<number>();
  eachWindowCell(node, input, batch, (from, to) => {
    for (let c = 0; c < channels; c += 1) {
      const index = to * channels + c;
      if (node.op !== 'maxPool') add(dx, from * channels + c, get(dy, index) / get(counts, to));
      else if (!taken.has(index) && get(x, from * channels + c) === get(y, index)) {
        taken.add(index);
        add(dx, from * channels + c, get(dy, index));
      }
    }
  });
  return dx;
}
