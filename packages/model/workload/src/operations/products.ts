import type { BatchMatmulLayer, DenseLayer, MatmulLayer, TensorShape } from '@archon-dse/core';
import { invalidLayer, showShape } from './invalid-layer.js';
import { firstOf, type Operation } from './operation.js';
import { checkGroups } from './groups.js';

const POINT = { R: 1, S: 1, N: 1, strideP: 1, strideQ: 1 } as const;

/** A dense layer is a 1x1 convolution. */
export const dense: Operation<DenseLayer> = {
  properties: { units: 'count', bias: 'flag' },
  inputs: [1, 1],
  costing: 'macs',
  shape(layer, inputs) {
    const [height, width] = firstOf(inputs);
    return [height, width, layer.units];
  },
  loops({ layer, inputs }) {
    const [P, Q, C] = firstOf(inputs);
    return [{ op: 'dense', problem: { ...POINT, C, M: layer.units, P, Q }, groups: 1 }];
  },
};

/** One group a head; P goes over the tokens of the first operand, C over what is summed, and M x C is the second operand. */
export const matmul: Operation<MatmulLayer> = {
  properties: { heads: 'count', transpose: 'flag' },
  inputs: [2, 2],
  costing: 'macs',
  shape(layer, inputs) {
    const first = firstOf(inputs);
    const second = inputs[1] ?? first;
    return layer.transpose ? scoresShape(layer, first, second) : valuesShape(layer, first, second);
  },
  loops({ layer, inputs, output }) {
    const { heads: groups, transpose } = layer;
    const [height, width, channels] = firstOf(inputs);
    const sizes = transpose
      ? { C: channels / groups, M: output[2], P: height * width, Q: 1 }
      : { C: channels, M: output[2] / groups, P: height, Q: 1 };
    return [{ op: 'matmul', problem: { ...POINT, ...sizes }, groups }];
  },
};

/** M x C of each group is the second operand, as in `matmul`. */
export const batchMatmul: Operation<BatchMatmulLayer> = {
  properties: { groups: 'count' },
  inputs: [2, 2],
  costing: 'macs',
  shape(layer, inputs) {
    const first = firstOf(inputs);
    const second = inputs[1] ?? first;
    checkGroups(layer, layer.groups, { positions: first[0] * first[1] });
    if (second[0] * second[1] !== layer.groups * first[2])
      refusePair(layer, first, second, `a second input of ${layer.groups * first[2]} positions`);
    return [first[0], first[1], second[2]];
  },
  loops({ layer: { groups }, inputs, output }) {
    const C = firstOf(inputs)[2];
    return [
      { op: 'matmul', problem: { ...POINT, C, M: output[2], P: (output[0] * output[1]) / groups, Q: 1 }, groups },
    ];
  },
};

function scoresShape(layer: MatmulLayer, queries: TensorShape, keys: TensorShape): TensorShape {
  checkGroups(layer, layer.heads, { channels: queries[2] });
  if (queries[2] !== keys[2]) {
    refusePair(layer, queries, keys, `keys of ${queries[2]} channels`);
  }
  return [queries[0] * queries[1], layer.heads, keys[0] * keys[1]];
}

function valuesShape(layer: MatmulLayer, weights: TensorShape, values: TensorShape): TensorShape {
  const [tokens, heads, keys] = weights;
  if (heads !== layer.heads) {
    invalidLayer(layer, `its first input ${showShape(weights)} has ${heads} heads`, `[tokens,${layer.heads},keys]`);
  }
  checkGroups(layer, layer.heads, { channels: values[2] });
  if (keys !== values[0] * values[1]) refusePair(layer, weights, values, `values at ${keys} positions`);
  return [tokens, 1, values[2]];
}

function refusePair(
  layer: MatmulLayer | BatchMatmulLayer,
  first: TensorShape,
  second: TensorShape,
  expected: string,
): never {
  return invalidLayer(layer, `it multiplies ${showShape(first)} and ${showShape(second)}`, expected);
}
