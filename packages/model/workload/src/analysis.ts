import type { Layer, Network, TensorShape } from '@archon-dse/core';
import { inferShapes, type ShapedLayer } from './shapes.js';

/** Numbers a BatchNorm keeps per channel: scale and shift, which train, and the moving mean and variance, which do not. */
const BATCH_NORM = { parameters: 4, trainable: 2 } as const;

export interface LayerCost {
  readonly parameters: number;
  readonly trainableParameters: number;
  /** Multiply-accumulates for one image, borders not discounted; convolutions and dense layers only. */
  readonly macs: number;
}

/** Parameters and multiply-accumulates of one layer. */
export function layerCost(shaped: ShapedLayer): LayerCost {
  const { layer, output } = shaped;
  const [height, width, channels] = output;
  const weights = weightCount(shaped);
  const hasBias = 'bias' in layer && layer.bias;
  if (layer.op === 'batchNorm') {
    const { parameters, trainable } = BATCH_NORM;
    return { parameters: parameters * channels, trainableParameters: trainable * channels, macs: 0 };
  }
  const parameters = weights + (hasBias ? channels : 0);
  return { parameters, trainableParameters: parameters, macs: weights * height * width };
}

/** Weights without bias and BatchNorm. Each is used once per cell of the output plane. */
export function weightCount({ layer, inputs, output }: ShapedLayer): number {
  const channels = (inputs[0] ?? output)[2];
  switch (layer.op) {
    case 'conv':
      return (layer.kernel ** 2 * channels * layer.filters) / layer.groups;
    case 'depthwise':
      return layer.kernel ** 2 * channels;
    case 'dense':
      return channels * layer.units;
    default:
      return 0;
  }
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
  readonly kernel: number | null;
  readonly stride: number | null;
  /** Groups of a convolution or channel shuffle; a depthwise convolution has as many as channels. */
  readonly groups: number | null;
  readonly parameters: number;
  readonly macs: number;
}

export interface NetworkDescription {
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly macs: number;
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
  return {
    parameters: sum(costs.map((cost) => cost.parameters)),
    trainableParameters: sum(costs.map((cost) => cost.trainableParameters)),
    macs: sum(costs.map((cost) => cost.macs)),
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
  switch (layer.op) {
    case 'conv':
      return { kernel: layer.kernel, stride: layer.stride, groups: layer.groups };
    case 'depthwise':
      return { kernel: layer.kernel, stride: layer.stride, groups: input[2] };
    case 'averagePool':
    case 'maxPool':
      return { kernel: layer.size, stride: layer.stride, groups: null };
    case 'channelShuffle':
      return { kernel: null, stride: null, groups: layer.groups };
    default:
      return { kernel: null, stride: null, groups: null };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
