import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Means over rows and columns, batch x 1 x 1 x channels. Pooling is by far the fastest way to add up in WebAssembly. */
export function cellMeans(x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape;
  return height * width === 1 ? tf.clone(x) : tf.avgPool(x, [height, width], 1, 'valid');
}

/** Sums over rows and columns, batch x 1 x 1 x channels. */
export function cellSums(x: Tensor4D): Tensor4D {
  return tf.mul(cellMeans(x), x.shape[1] * x.shape[2]);
}

/** Sum of each channel over the whole batch. */
export function channelSums(x: Tensor4D): Tensor1D {
  return tf.sum(tf.reshape(cellSums(x), [x.shape[0], x.shape[3]]), 0);
}

/** `a` transposed times `b`; the narrower one is turned. */
export function productOverRows(a: Tensor2D, b: Tensor2D): Tensor2D {
  return a.shape[1] <= b.shape[1] ? tf.matMul(turned(a), b) : turned(tf.matMul(turned(b), a));
}

function turned(x: Tensor2D): Tensor2D {
  return tf.transpose(x, [1, 0]);
}

/** Activation as a matrix, cells x channels. */
export function toRows(x: Tensor): Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1) ?? 1]);
}
