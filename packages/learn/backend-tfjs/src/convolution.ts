import type { TensorShape } from '@archon-dse/core';
import type { ConvNode, PoolNode, Window } from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';

/** Convolution of `x`; the kernel is in the canonical layout, which is that of TensorFlow.js. */
export function convolve(node: ConvNode, x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const { stride } = node.window;
  const pad = padding(node.window, x.shape);
  if (node.op === 'depthwise') return tf.depthwiseConv2d(x, kernel, stride, pad);
  return byGroup(node.groups, [x, kernel], ([part, filters]) => tf.conv2d(part, filters, stride, pad));
}

/** Gradient of the input, of the given shape without the batch. */
export function convolveBack(node: ConvNode, input: TensorShape, kernel: Tensor4D, dy: Tensor4D): Tensor4D {
  if (node.op === 'depthwise') return depthwiseBack(node.window, input, kernel, dy);
  const inputShape: Tensor4D['shape'] = [dy.shape[0], input[0], input[1], input[2] / node.groups];
  const attributes = { ...attributesOf(node.window, inputShape), dataFormat: 'NHWC', inputShape };
  return byGroup(node.groups, [dy, kernel], ([errors, filter]) =>
    tf.engine().runKernel('Conv2DBackpropInput', { dy: errors, filter }, attributes),
  );
}

/** Gradient of the input of a depthwise convolution, of the given shape without the batch. */
export function depthwiseBack(window: Window, input: TensorShape, filter: Tensor4D, dy: Tensor4D): Tensor4D {
  const inputShape: Tensor4D['shape'] = [dy.shape[0], ...input];
  const attributes = { ...attributesOf(window, inputShape), inputShape };
  return tf.engine().runKernel('DepthwiseConv2dNativeBackpropInput', { dy, filter }, attributes);
}

/** Gradient of the kernel, of the given shape, in the canonical layout. */
export function kernelGradient(node: ConvNode, shape: readonly number[], x: Tensor4D, dy: Tensor4D): Tensor {
  const attributes = attributesOf(node.window, x.shape);
  if (node.op === 'depthwise') {
    const name = 'DepthwiseConv2dNativeBackpropFilter';
    return tf.engine().runKernel(name, { x, dy }, { ...attributes, filterShape: [...shape] });
  }
  const filterShape = [...shape.slice(0, 3), (shape[3] ?? 0) / node.groups];
  return byGroup(node.groups, [x, dy], ([part, errors]) =>
    tf
      .engine()
      .runKernel('Conv2DBackpropFilter', { x: part, dy: errors }, { ...attributes, dataFormat: 'NHWC', filterShape }),
  );
}

function attributesOf(window: Window, input: Tensor4D['shape']) {
  return { strides: [window.stride, window.stride], dilations: [1, 1], pad: padding(window, input) };
}

export function pool(node: PoolNode, x: Tensor4D): Tensor4D {
  const { window } = node;
  const run = node.op === 'maxPool' ? tf.maxPool : tf.avgPool;
  return run(x, window.size, window.stride, padding(window, x.shape));
}

/** TensorFlow.js has no groups: each of them by itself. */
function byGroup(
  groups: number,
  inputs: readonly [Tensor4D, Tensor4D],
  run: (parts: [Tensor4D, Tensor4D]) => Tensor4D,
): Tensor4D {
  if (groups === 1) return run([...inputs]);
  const [a, b] = inputs.map((input) => splitChannels(input, groups)) as [Tensor4D[], Tensor4D[]];
  return joinChannels(a.map((part, group) => run([part, b[group] ?? part])));
}

/** Groups first, so that each is one run of memory: in WebAssembly cutting channels out cell by cell takes ten times as long. */
function splitChannels(x: Tensor4D, groups: number): Tensor4D[] {
  const [batch, height, width, channels] = x.shape;
  const shape: Tensor4D['shape'] = [batch, height, width, channels / groups];
  const grouped = tf.transpose(tf.reshape(x, [-1, groups, channels / groups]), [1, 0, 2]);
  return tf.split(grouped, groups, 0).map((part) => tf.reshape(part, shape));
}

function joinChannels(parts: readonly Tensor4D[]): Tensor4D {
  const [batch = 0, height = 0, width = 0, channels = 0] = parts[0]?.shape ?? [];
  const grouped = tf.stack(parts.map((part) => tf.reshape(part, [-1, channels])));
  return tf.reshape(tf.transpose(grouped, [1, 0, 2]), [batch, height, width, channels * parts.length]);
}

type Padding = 'same' | [[0, 0], [number, number], [number, number], [0, 0]];

/**
 * By name where TensorFlow.js has one for it, which some kernels insist on. Not where windows leave cells out at the border: there WebAssembly
 * computes "same" padding as a negative number, and gives zeros.
 */
export function padding({ size, stride, rows, columns }: Window, [, height, width]: Tensor4D['shape']): Padding {
  const isSame = [
    { pads: rows, cells: height },
    { pads: columns, cells: width },
  ].every(({ pads, cells }) => {
    const total = (Math.ceil(cells / stride) - 1) * stride + size - cells;
    return pads[0] === Math.floor(total / 2) && pads[1] === Math.ceil(total / 2);
  });
  return isSame ? 'same' : [[0, 0], [...rows], [...columns], [0, 0]];
}
