import type { TensorShape } from '@archon-dse/core';
import type { ConvNode } from '@archon-dse/tensor';
import type { GraphBuilder, Value } from './graph.js';

/**
 * Depthwise convolutions in the layout ONNX Runtime computes them fastest in: channels in blocks, those of a block side by side at each
 * cell. Its optimiser uses these operators for weights that never change; here they are used in training, where weights do.
 */
export function canBlock(g: GraphBuilder, { op, shape }: ConvNode): boolean {
  return op === 'depthwise' && g.block > 0 && shape[2] % g.block === 0;
}

/** @param filters - channels x 1 x rows x columns */
export function blockedConvolve(
  g: GraphBuilder,
  { shape, window }: ConvNode,
  x: Value,
  filters: Value,
  { strides, pads }: { readonly strides: readonly number[]; readonly pads: readonly number[] },
): Value {
  const channels = shape[2];
  const cells = window.size ** 2;
  const split = g.reshape(filters, [channels / g.block, g.block, cells]);
  const kernel = g.reshape(g.transpose(split, [0, 2, 1]), [channels, 1, window.size, window.size]);
  const y = g.op('nchwc:Conv', [g.op('nchwc:ReorderInput', [x]), kernel], {
    ...{ group: channels, kernel_shape: [window.size, window.size], dilations: [1, 1] },
    ...{ strides, pads },
  });
  return g.op('nchwc:ReorderOutput', [y], { channels });
}

/**
 * Gradient of a depthwise kernel as one more depthwise convolution: each image's channel of `x` with that of `dy` as its kernel, strides
 * becoming dilations. Gives rows, columns, channels, 1.
 */
export function blockedKernelGradient(
  g: GraphBuilder,
  { shape, window }: ConvNode,
  {
    batch,
    input,
    x,
    dy,
  }: { readonly batch: number; readonly input: TensorShape; readonly x: Value; readonly dy: Value },
): Value {
  const [height, width, channels] = shape;
  const { size, stride, rows, columns } = window;
  const planes = batch * channels;
  const image = g.op('nchwc:ReorderInput', [g.reshape(x, [1, planes, input[0], input[1]])]);
  const kernel = g.op('nchwc:ReorderInput', [g.reshape(dy, [1, planes, height, width])]);
  const product = g.op('nchwc:Conv', [image, g.reshape(kernel, [planes, 1, height, width])], {
    ...{ group: planes, kernel_shape: [height, width], strides: [1, 1], dilations: [stride, stride] },
    pads: [rows[0], columns[0], rows[1], columns[1]],
  });
  const plain = g.op('nchwc:ReorderOutput', [product], { channels: planes });
  const reach = (axis: 0 | 1, [before, after]: readonly [number, number]): number =>
    input[axis] + before + after - stride * (shape[axis] - 1);
  const found = [reach(0, rows), reach(1, columns)];
  const taps = found.every((cells) => cells === size)
    ? plain
    : g.op('Slice', [plain, g.ints([0, 0]), g.ints([size, size]), g.ints([2, 3])]);
  const summed = g.reduce('ReduceSum', g.reshape(taps, [batch, channels, size * size]), [0]);
  return g.reshape(g.transpose(summed, [1, 0]), [size, size, channels, 1]);
}
