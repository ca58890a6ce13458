import type { Extent, Layer, Network, TensorShape } from '@archon-dse/core';
import { loopsOf, macsOf, weightsOf } from './loops.js';
import { operationOf } from './operations/table.js';
import { inferShapes, type ShapedLayer } from './shapes.js';

export interface LayerCost {
  readonly parameters: number;
  readonly trainableParameters: number;
  /** Multiply-accumulates for one image, borders not discounted. */
  readonly macs: number;
}

/** Parameters and multiply-accumulates of one layer. */
export function layerCost(shaped: ShapedLayer): LayerCost {
  const { layer, output } = shaped;
  const { learned, kept } = operationOf(layer);
  const bias = 'bias' in layer && layer.bias ? output[2] : 0;
  const trainableParameters = weightCount(shaped) + bias + (learned?.(shaped) ?? 0);
  return {
    parameters: trainableParameters + (kept?.(shaped) ?? 0),
    trainableParameters,
    macs: sum(loopsOf(shaped).map(macsOf)),
  };
}

/** Weights that multiply activations: no bias, nothing of a normalisation. */
export function weightCount(shaped: ShapedLayer): number {
  return sum(loopsOf(shaped).map(weightsOf));
}

/** Shapes are height, width, channels; kernel, stride and groups are null where an operation has none. */
export interface LayerDescription {
  readonly name: string;
  readonly op: Layer['op'];
  readonly block: string;
  readonly role: string;
  /** Shape of the first input; the input layer reads the image. */
  readonly in: TensorShape;
  readonly out: TensorShape;
  /** Window of a convolution or pool. */
  readonly kernel: Extent | null;
  readonly stride: Extent | null;
  /** Groups of a convolution, shuffle or normalisation, heads of a product; a depthwise convolution has as many as channels. */
  readonly groups: number | null;
  readonly parameters: number;
  /** For one image. */
  readonly macs: number;
}

export interface NetworkDescription {
  readonly parameters: number;
  readonly trainableParameters: number;
  /** For the whole batch. */
  readonly macs: number;
  /** Images computed at once; absent where the network does not say. */
  readonly batch?: number;
  readonly layers: readonly LayerDescription[];
}

/**
 * Shapes and costs of every layer, and the totals.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network is not well formed
 */
export function describeNetwork(network: Network): NetworkDescription {
  const shaped = inferShapes(network);
  const costs = shaped.map(layerCost);
  const { batch } = network;
  return {
    parameters: sum(costs.map((cost) => cost.parameters)),
    trainableParameters: sum(costs.map((cost) => cost.trainableParameters)),
    macs: sum(costs.map((cost) => cost.macs)) * (batch ?? 1),
    ...(batch === undefined ? {} : { batch }),
    layers: shaped.map(describeLayer),
  };
}

function describeLayer(shaped: ShapedLayer): LayerDescription {
  const { layer, inputs, output } = shaped;
  const { parameters, macs } = layerCost(shaped);
  const { name, op, block, role } = layer;
  const input = inputs[0] ?? output;
  return { name, op, block, role, in: input, out: output, ...windowOf(layer, input), parameters, macs };
}

function windowOf(layer: Layer, input: TensorShape): Pick<LayerDescription, 'kernel' | 'stride' | 'groups'> {
  return {
    kernel: 'kernel' in layer ? layer.kernel : 'size' in layer ? layer.size : null,
    stride: 'stride' in layer ? layer.stride : null,
    groups: groupsOf(layer, input),
  };
}

function groupsOf(layer: Layer, input: TensorShape): number | null {
  if (layer.op === 'depthwise') return input[2];
  if (layer.op === 'matmul') return layer.heads;
  return 'groups' in layer ? layer.groups : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
