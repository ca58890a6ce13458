import type { TensorShape } from '@archon-dse/core';
import { invalidLayer, showShape } from './invalid-layer.js';
import { firstOf, type LayerOf, type Operation } from './operation.js';

export const add: Operation<LayerOf<'add'>> = {
  properties: {},
  inputs: [2, Infinity],
  costing: 'vector',
  shape: (layer, inputs) =>
    inputs.reduce((first, other) => {
      if (!isSame(first, other)) {
        invalidLayer(layer, `it adds ${showShape(first)} and ${showShape(other)}`, 'inputs of the same shape');
      }
      return first;
    }),
};

export const concat: Operation<LayerOf<'concat'>> = {
  properties: {},
  inputs: [2, Infinity],
  costing: 'free',
  shape: (layer, inputs) =>
    inputs.reduce((first, other): TensorShape => {
      if (first[0] !== other[0] || first[1] !== other[1]) {
        const problem = `it joins ${showShape(first)} and ${showShape(other)}`;
        invalidLayer(layer, problem, 'inputs of the same height and width');
      }
      return [first[0], first[1], first[2] + other[2]];
    }),
};

export const multiply: Operation<LayerOf<'multiply'>> = {
  properties: {},
  inputs: [2, 2],
  costing: 'vector',
  shape(layer, inputs) {
    const first = firstOf(inputs);
    const second = inputs[1] ?? first;
    const gate: TensorShape = [1, 1, first[2]];
    if (!isSame(second, gate) && !isSame(second, first)) {
      const problem = `it multiplies ${showShape(first)} by ${showShape(second)}`;
      invalidLayer(layer, problem, `a gate of ${showShape(gate)}, or an input of the same shape`);
    }
    return first;
  },
};

function isSame(a: TensorShape, b: TensorShape): boolean {
  return a.every((size, axis) => size === b[axis]);
}
