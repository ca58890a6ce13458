import type { Layer, TensorShape } from '@archon-dse/core';
import { conv, depthwise } from './convolutions.js';
import { add, concat, multiply } from './joins.js';
import type { LayerOf, Operation } from './operation.js';
import { invalidLayer } from './invalid-layer.js';
import { channelShuffle, classToken, input, move, reshape, source, takePosition, transpose } from './places.js';
import { batchMatmul, dense, matmul } from './products.js';
import { checkLayerValues, refuseLayer, type Properties } from './properties.js';
import { globalAveragePool, pool, upsample } from './resampling.js';
import { transposedConv } from './transposed-convolution.js';
import { activation, batchNorm, channelScale, groupNorm, layerNorm, positionEmbedding, vector } from './values.js';

/** Every operation a layer may have. docs/networks.md shows it. */
export const OPERATIONS: { readonly [Op in Layer['op']]: Operation<LayerOf<Op>> } = {
  input,
  conv,
  depthwise,
  transposedConv,
  dense,
  matmul,
  batchMatmul,
  averagePool: pool,
  maxPool: pool,
  globalAveragePool,
  upsample,
  batchNorm,
  layerNorm,
  groupNorm,
  channelScale,
  relu: activation,
  relu6: activation,
  gelu: activation,
  swish: activation,
  hardSwish: activation,
  sigmoid: activation,
  softmax: activation,
  add,
  multiply,
  concat,
  channelShuffle,
  reshape,
  transpose,
  takePosition,
  classToken,
  positionEmbedding,
  source,
  move,
  vector,
};

/** Names of all operations, in the order of the table. */
export const OPERATION_NAMES: readonly string[] = Object.keys(OPERATIONS);

/** The row of a layer. Its own operation takes it, so it may be used with the layer. */
export function operationOf(layer: Pick<Layer, 'op'>): Operation<Layer> {
  return OPERATIONS[layer.op];
}

/** Properties of an operation beside those that every layer has, by name; nothing where there is no such operation. */
export function propertiesOf(op: string): Properties | undefined {
  return Object.hasOwn(OPERATIONS, op) ? operationOf({ op: op as Layer['op'] }).properties : undefined;
}

/** Whether a layer has weights that multiply; a product of two values has none. */
export function hasWeights({ op }: Pick<Layer, 'op'>): boolean {
  return op !== 'matmul' && op !== 'batchMatmul' && OPERATIONS[op].costing === 'macs';
}

/**
 * Refuses what no part of the toolkit would look at: operations there are none of, and properties that are misspelt, missing or mean nothing.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer
 */
export function checkLayer(layer: Layer): void {
  if (!Object.hasOwn(OPERATIONS, layer.op)) {
    refuseLayer(layer, `there is no operation ${JSON.stringify(layer.op)}`, layer.op, Object.keys(OPERATIONS));
  }
  checkLayerValues(layer, operationOf(layer).properties);
}

/**
 * Shape of what a layer computes from inputs of the given shapes, in the order of `layer.inputs`.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID naming the layer and the shapes
 */
export function outputShape(layer: Layer, inputs: readonly TensorShape[]): TensorShape {
  const operation = operationOf(layer);
  const [least, most] = operation.inputs;
  if (inputs.length < least || inputs.length > most) {
    const expected = least === most ? `${least} inputs` : `at least ${least} inputs`;
    invalidLayer(layer, `it has ${inputs.length} inputs`, expected);
  }
  return operation.shape(layer, inputs);
}
