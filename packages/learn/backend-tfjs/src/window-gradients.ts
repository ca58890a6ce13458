import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { cellSums, productOverRows, toRows } from './sums.js';
import { addTap, frameOutput, gatherTaps, layTaps, tapOf, type WindowInfo } from './tap-layout.js';

/** Inputs of the kernels by their names in TensorFlow.js; each kernel gets those it reads. */
export interface KernelInputs {
  readonly x: Tensor4D;
  readonly filter: Tensor4D;
  readonly dy: Tensor4D;
  /** Input and output of a pool. */
  readonly input: Tensor4D;
  readonly output: Tensor4D;
}

export type Kernel = (inputs: KernelInputs, info: WindowInfo) => Tensor;

/** One matrix product a tap. */
export const filterGradient: Kernel = ({ x, dy }, info) => {
  if (info.filterHeight * info.filterWidth * info.strideHeight === 1)
    return tf.reshape(productOverRows(toRows(x), toRows(dy)), info.filterShape);
  const layout = layTaps(x, info);
  const errors = toRows(frameOutput(dy, layout));
  const products = layout.starts.map((start) => tf.tidy(() => productOverRows(tapOf(layout, start), errors)));
  return tf.reshape(tf.concat(products, 0), info.filterShape);
};

/** One product of each value with its error a tap, summed over cells and images. */
export const depthwiseFilterGradient: Kernel = ({ x, dy }, info) => {
  const layout = layTaps(x, info);
  const errors = frameOutput(dy, layout);
  const sums = layout.starts.map((start) =>
    tf.tidy(() => tf.sum(cellSums(tf.mul(tf.reshape(tapOf(layout, start), errors.shape), errors)), 0)),
  );
  return tf.reshape(tf.concat(sums, 0), info.filterShape);
};

/** Convolution of the errors, set as far apart as the stride, with the filter turned by half a circle. */
export const inputGradient: Kernel = ({ dy, filter }, info) => {
  const { errors, pads } = spread(dy, info);
  return tf.conv2d(errors, tf.transpose(turned(filter), [0, 1, 3, 2]), 1, pads);
};

export const depthwiseInputGradient: Kernel = ({ dy, filter }, info) => {
  const { errors, pads } = spread(dy, info);
  return tf.depthwiseConv2d(errors, turned(filter), 1, pads);
};

/** The first of several equal maxima takes the whole gradient. */
export const maximumGradient: Kernel = ({ dy, input, output }, info) => {
  const layout = layTaps(input, info, -Infinity);
  const errors = toRows(frameOutput(dy, layout));
  const most = toRows(frameOutput(output, layout));
  let free: Tensor = tf.onesLike(errors);
  let sum: Tensor = tf.zerosLike(layout.cells);
  for (const start of layout.starts) {
    const isMost = tf.sub(1, tf.step(tf.sub(most, tapOf(layout, start))));
    const taken = tf.mul(isMost, free);
    free = tf.sub(free, taken);
    sum = addTap(layout, sum, start, tf.mul(errors, taken));
  }
  return gatherTaps(layout, sum, info);
};

function turned(filter: Tensor4D): Tensor4D {
  return filter.shape[0] * filter.shape[1] === 1 ? filter : tf.reverse(filter, [0, 1]);
}

interface Spread {
  readonly errors: Tensor4D;
  /** With these the convolution by the turned filter gives an image of the size of the input. */
  readonly pads: [[number, number], [number, number], [number, number], [number, number]];
}

function spread(dy: Tensor4D, info: WindowInfo): Spread {
  const { strideHeight: stride, padInfo, outHeight, outWidth, inHeight, inWidth, filterHeight, filterWidth } = info;
  const rows = padsOf(inHeight, (outHeight - 1) * stride + 1, filterHeight, padInfo.top);
  const columns = padsOf(inWidth, (outWidth - 1) * stride + 1, filterWidth, padInfo.left);
  return { errors: stride === 1 ? dy : apart(dy, stride), pads: [[0, 0], rows, columns, [0, 0]] };
}

function padsOf(input: number, errors: number, size: number, padding: number): [number, number] {
  const before = size - 1 - padding;
  return [before, input + size - 1 - before - errors];
}

/** Puts `stride - 1` zeros between neighbours. */
function apart(x: Tensor4D, stride: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const zeros = (row: number): [[number, number], [number, number]] => [[0, 0], [0, (stride - 1) * row]]; // prettier-ignore
  const inRows = tf.pad(tf.reshape(x, [-1, channels]), zeros(channels));
  const inColumns = tf.pad(tf.reshape(inRows, [-1, width * stride * channels]), zeros(width * stride * channels));
  const whole = tf.reshape(inColumns, [batch, height * stride, width * stride, channels]);
  return tf.slice(whole, [0, 0, 0, 0], [-1, (height - 1) * stride + 1, (width - 1) * stride + 1, -1]) as Tensor4D;
}
