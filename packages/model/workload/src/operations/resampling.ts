import type { PoolLayer, TensorShape, UpsampleLayer } from '@archon-dse/core';
import { firstOf, type LayerOf, type Operation } from './operation.js';
import { pairOf, windowPlane } from './window.js';

export const pool: Operation<PoolLayer> = {
  properties: { size: 'extent', stride: 'extent', dilation: 'extent?', padding: 'padding?' },
  inputs: [1, 1],
  costing: 'vector',
  shape(layer, inputs) {
    const input = firstOf(inputs);
    return [...windowPlane(layer, input, { ...layer, kernel: layer.size }), input[2]];
  },
};

export const globalAveragePool: Operation<LayerOf<'globalAveragePool'>> = {
  properties: {},
  inputs: [1, 1],
  costing: 'vector',
  shape: (_, inputs): TensorShape => [1, 1, firstOf(inputs)[2]],
};

export const upsample: Operation<UpsampleLayer> = {
  properties: { factor: 'extent' },
  inputs: [1, 1],
  costing: 'vector',
  shape({ factor }, inputs) {
    const [height, width, channels] = firstOf(inputs);
    const [down, across] = pairOf(factor);
    return [height * down, width * across, channels];
  },
};
