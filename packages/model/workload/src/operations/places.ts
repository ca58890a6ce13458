import type { MoveLayer, ReshapeLayer, ShuffleLayer, SourceLayer, TakePositionLayer } from '@archon-dse/core';
import { checkGroups } from './groups.js';
import { invalidLayer, showShape } from './invalid-layer.js';
import { firstOf, type LayerOf, type Operation } from './operation.js';

/** What puts values elsewhere. */
const moved = { properties: {}, inputs: [1, 1], costing: 'free' } as const;

/** Its shape is that of the network's image. */
export const input: Operation<LayerOf<'input'>> = { ...moved, inputs: [0, 0], shape: (_, inputs) => firstOf(inputs) };

export const source: Operation<SourceLayer> = {
  properties: { shape: 'shape' },
  inputs: [0, 0],
  costing: 'free',
  shape: ({ shape }) => shape,
};

export const move: Operation<MoveLayer> = {
  properties: { shape: 'shape', parameters: 'count?' },
  inputs: [1, Infinity],
  costing: 'free',
  shape: ({ shape }) => shape,
  learned: ({ layer }) => layer.parameters ?? 0,
};

export const channelShuffle: Operation<ShuffleLayer> = {
  ...moved,
  properties: { groups: 'count' },
  shape(layer, inputs) {
    const image = firstOf(inputs);
    checkGroups(layer, layer.groups, { 'input channels': image[2] });
    return image;
  },
};

export const reshape: Operation<ReshapeLayer> = {
  ...moved,
  properties: { shape: 'shape' },
  shape(layer, inputs) {
    const [from, to] = [firstOf(inputs), layer.shape];
    if (from[0] * from[1] * from[2] !== to[0] * to[1] * to[2]) {
      invalidLayer(layer, `it makes ${showShape(from)} to ${showShape(to)}`, 'a shape of as many values');
    }
    return to;
  },
};

export const transpose: Operation<LayerOf<'transpose'>> = {
  ...moved,
  shape(_, inputs) {
    const [height, width, channels] = firstOf(inputs);
    return [channels, 1, height * width];
  },
};

export const takePosition: Operation<TakePositionLayer> = {
  ...moved,
  properties: { index: 'index' },
  shape(layer, inputs) {
    const [height, width, channels] = firstOf(inputs);
    if (layer.index >= height * width) {
      invalidLayer(layer, `index is ${layer.index}`, `a position from 0 to ${height * width - 1}`);
    }
    return [1, 1, channels];
  },
};

export const classToken: Operation<LayerOf<'classToken'>> = {
  ...moved,
  shape(layer, inputs) {
    const [tokens, width, channels] = firstOf(inputs);
    if (width !== 1)
      invalidLayer(layer, `its input is ${showShape(firstOf(inputs))}`, 'a sequence, [tokens,1,channels]');
    return [tokens + 1, 1, channels];
  },
  learned: ({ output }) => output[2],
};
