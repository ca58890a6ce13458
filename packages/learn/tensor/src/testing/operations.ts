import type { TensorShape } from '@archon-dse/core';
import { BATCH_NORM, type PlanNode } from '../plan.js';
import { eachProduct, eachTap } from './taps.js';

/** What an operation reads: flat values of each input, with the shape of one image, and its weights by part (`kernel`, `gamma`, ...). */
export interface Reads {
  readonly batch: number;
  readonly shapes: readonly TensorShape[];
  readonly values: readonly Float64Array[];
  readonly weights: Readonly<Record<string, Float64Array>>;
}

/** Gradients of the inputs and, by part, of the weights. */
export interface Gradients {
  readonly inputs: readonly Float64Array[];
  readonly weights: Readonly<Record<string, Float64Array>>;
}

/** The value of one node, computed the most literal way. BatchNorm reads its statistics as weights `mean` and `variance`. */
export function forward(node: PlanNode, { batch, shapes, values, weights }: Reads): Float64Array {
  const y = new Float64Array(batch * node.shape[0] * node.shape[1] * node.shape[2]);
  const [x = y] = values;
  const input = shapes[0] ?? node.shape;
  const channels = node.shape[2];
  const at = (part: string, index: number): number => weights[part]?.[index] ?? 0;
  switch (node.op) {
    case 'conv':
    case 'depthwise':
    case 'dense':
      y.forEach((_, index) => add(y, index, at('bias', index % channels)));
      eachProduct(node, input, batch, (from, weight, to) => add(y, to, get(x, from) * at('kernel', weight)));
      return y;
    case 'batchNorm':
      return y.map((_, index) => {
        const c = index % channels;
        return at('gamma', c) * normalised(get(x, index), at('mean', c), at('variance', c)) + at('beta', c);
      });
    case 'averagePool':
    case 'globalAveragePool':
    case 'maxPool':
      return pool(node, input, batch, x);
    case 'channelShuffle':
    case 'concat':
      eachMove(node, shapes, batch, (which, from, to) => add(y, to, get(values[which] ?? y, from)));
      return y;
    default:
      return valueByValue(node, values, y);
  }
}

/** Operations that treat each value alike. */
function valueByValue(node: PlanNode, values: readonly Float64Array[], y: Float64Array): Float64Array {
  const [x = y, other = y] = values;
  switch (node.op) {
    case 'relu':
      return x.map((value) => Math.max(value, 0));
    case 'sigmoid':
      return x.map((value) => 1 / (1 + Math.exp(-value)));
    case 'quantise': {
      const { least, most, step } = node.levels;
      return x.map((value) => step * Math.floor((Math.min(Math.max(value, least), most) - least) / step + 0.5) + least);
    }
    case 'gate':
      return x.map((value, index) => (get(other, index) > 0 ? value : 0));
    case 'add':
      return y.map((_, index) => values.reduce((sum, value) => sum + get(value, index), 0));
    case 'multiply':
      return x.map((value, index) => value * get(other, gateIndex(index, node.shape)));
    default:
      return x;
  }
}

/** Standard score with the epsilon of BatchNorm. */
export function normalised(value: number, mean: number, variance: number): number {
  return (value - mean) / Math.sqrt(variance + BATCH_NORM.epsilon);
}

function pool(node: PlanNode, input: TensorShape, batch: number, x: Float64Array): Float64Array {
  const channels = node.shape[2];
  const isMax = node.op === 'maxPool';
  const y = new Float64Array(batch * node.shape[0] * node.shape[1] * channels).fill(isMax ? -Infinity : 0);
  const counts = windowCounts(node, input, batch);
  eachWindowCell(node, input, batch, (from, to) => {
    for (let c = 0; c < channels; c += 1) {
      const value = get(x, from * channels + c);
      const index = to * channels + c;
      if (isMax) y[index] = Math.max(get(y, index), value);
      else add(y, index, value / get(counts, to));
    }
  });
  return y;
}

/** Real cells under the window of each output cell. */
export function windowCounts(node: PlanNode, input: TensorShape, batch: number): Float64Array {
  const counts = new Float64Array(batch * node.shape[0] * node.shape[1]);
  eachWindowCell(node, input, batch, (_, to) => add(counts, to, 1));
  return counts;
}

/** Pairs of input and output cell of a pool. */
export function eachWindowCell(
  node: PlanNode,
  input: TensorShape,
  batch: number,
  visit: (from: number, to: number) => void,
): void {
  if (node.op === 'averagePool' || node.op === 'maxPool') {
    eachTap(node, input, batch, (from, _tap, to) => visit(from, to));
    return;
  }
  const cells = input[0] * input[1];
  for (let from = 0; from < batch * cells; from += 1) visit(from, Math.floor(from / cells));
}

/** Where each value of each input goes in operations that only move values. */
export function eachMove(
  node: PlanNode,
  shapes: readonly TensorShape[],
  batch: number,
  visit: (which: number, from: number, to: number) => void,
): void {
  let before = 0;
  shapes.forEach(([height, width, channels], which) => {
    for (let from = 0; from < batch * height * width * channels; from += 1) {
      const c = from % channels;
      const cell = (from - c) / channels;
      visit(
        which,
        from,
        cell * node.shape[2] + before + (node.op === 'channelShuffle' ? shuffled(c, channels, node.groups) : c),
      );
    }
    before += channels;
  });
}

function shuffled(channel: number, channels: number, groups: number): number {
  const size = channels / groups;
  return (channel % size) * groups + Math.floor(channel / size);
}

/** Index of the gate of a value. */
export function gateIndex(index: number, [height, width, channels]: TensorShape): number {
  return Math.floor(index / (height * width * channels)) * channels + (index % channels);
}

export function add(target: Float64Array, index: number, value: number): void {
  target[index] = get(target, index) + value;
}

export function get(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}
