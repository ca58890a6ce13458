import type { GroupNormLayer, Layer, VectorLayer } from '@archon-dse/core';
import { checkGroups } from './groups.js';
import { firstOf, type LayerOf, type Operation, type ShapedLayer } from './operation.js';

/** What gives each value another one, in the shape it came in. */
const sameShape = {
  properties: {},
  inputs: [1, 1],
  shape: (_, inputs) => firstOf(inputs),
} as const satisfies Partial<Operation<Layer>>;

const perChannel = ({ output }: ShapedLayer): number => output[2];
const twicePerChannel = ({ output }: ShapedLayer): number => 2 * output[2];

export const vector: Operation<VectorLayer> = {
  properties: { function: 'text', shape: 'shape', parameters: 'count?' },
  inputs: [1, Infinity],
  costing: 'vector',
  shape: ({ shape }) => shape,
  learned: ({ layer }) => layer.parameters ?? 0,
};

export const activation: Operation<Layer> = { ...sameShape, costing: 'vector' };

/** Scale and shift train; the moving mean and variance do not. */
export const batchNorm: Operation<LayerOf<'batchNorm'>> = {
  ...sameShape,
  costing: 'folded',
  learned: twicePerChannel,
  kept: twicePerChannel,
};

export const layerNorm: Operation<LayerOf<'layerNorm'>> = {
  ...sameShape,
  costing: 'vector',
  learned: twicePerChannel,
};

export const groupNorm: Operation<GroupNormLayer> = {
  properties: { groups: 'count' },
  inputs: [1, 1],
  costing: 'vector',
  shape(layer, inputs) {
    const input = firstOf(inputs);
    checkGroups(layer, layer.groups, { 'input channels': input[2] });
    return input;
  },
  learned: twicePerChannel,
};

export const channelScale: Operation<LayerOf<'channelScale'>> = {
  ...sameShape,
  costing: 'folded',
  learned: perChannel,
};

export const positionEmbedding: Operation<LayerOf<'positionEmbedding'>> = {
  ...sameShape,
  costing: 'vector',
  learned: ({ output: [height, width, channels] }) => height * width * channels,
};
