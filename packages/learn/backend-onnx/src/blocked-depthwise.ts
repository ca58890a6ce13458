import type { TensorShape } from '@archon-dse/core';
import type { ConvNode } from '@archon-dse/tensor';
import type { GraphBuilder, Value } from './graph.js';

/** What a convolution reads. */
export interface ConvInput {
  readonly batch: number;
  /** Of one image. */
  readonly input: TensorShape;
  readonly x: Value;
}

/**
 * Depthwise convolutions in the layout ONNX Runtime computes them fastest in: channels in blocks, those of a block side by side at each
 * cell. Its optimiser uses these operators for weights that never change; here they are used in training, where weights do. The channels
 * of all images become those of a single one, so that any number of them divides into blocks when the batch does.
 */
export function canBlock(g: GraphBuilder, { op, shape }: ConvNode, batch: number): boolean {
  return op === 'depthwise' && g.block > 0 && (batch * shape[2]) % g.block === 0;
}

/** @param filters - channels x 1 x rows x columns */
export function blockedConvolve(
  g: GraphBuilder,
  { window: { size } }: ConvNode,
  { batch, input, x }: ConvInput,
  filters: Value,
  {
    output,
    strides,
    pads,
  }: { readonly output: TensorShape; readonly strides: readonly number[]; readonly pads: readonly number[] },
): Value {
  const [height, width, channels] = output;
  const planes = batch * channels;
  const cells = size * size;
  const each = g.op('Expand', [g.reshape(filters, [1, channels, cells]), g.ints([batch, channels, cells])]);
  const split = g.transpose(g.reshape(each, [planes / g.block, g.block, cells]), [0, 2, 1]);
  const y = g.op('nchwc:Conv', [toBlocks(g, x, planes, input), g.reshape(split, [planes, 1, size, size])], {
    ...{ group: planes, kernel_shape: [size, size], dilations: [1, 1] },
    ...{ strides, pads },
  });
  return g.reshape(g.op('nchwc:ReorderOutput', [y], { channels: planes }), [batch, channels, height, width]);
}

/**
 * Gradient of a depthwise kernel as one more depthwise convolution: each image's channel of `x` with that of `dy` as its kernel, strides
 * becoming dilations. Gives rows, columns, channels, 1.
 */
export function blockedKernelGradient(
  g: GraphBuilder,
  { shape, window }: ConvNode,
  { batch, input, x }: ConvInput,
  dy: Value,
): Value {
  const [height, width, channels] = shape;
  const { size, stride, rows, columns } = window;
  const planes = batch * channels;
  const kernel = g.reshape(toBlocks(g, dy, planes, shape), [planes, 1, height, width]);
  const product = g.op('nchwc:Conv', [toBlocks(g, x, planes, input), kernel], {
    ...{ group: planes, kernel_shape: [height, width], strides: [1, 1], dilations: [stride, stride] },
    pads: [rows[0], columns[0], rows[1], columns[1]],
  });
  const plain = g.op('nchwc:ReorderOutput', [product], { channels: planes });
  const reach = (axis: 0 | 1, [before, after]: readonly [number, number]): number =>
    input[axis] + before + after - stride * (shape[axis] - 1);
  const taps = [reach(0, rows), reach(1, columns)].every((cells) => cells === size)
    ? plain
    : g.op('Slice', [plain, g.ints([0, 0]), g.ints([size, size]), g.ints([2, 3])]);
  const summed = g.reduce('ReduceSum', g.reshape(taps, [batch, channels, size * size]), [0]);
  return g.reshape(g.transpose(summed, [1, 0]), [size, size, channels, 1]);
}

function toBlocks(g: GraphBuilder, value: Value, planes: number, [height, width]: TensorShape): Value {
  return g.op('nchwc:ReorderInput', [g.reshape(value, [1, planes, height, width])]);
}
