import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Shapes, strides and padding of a convolution or pool. */
export type WindowInfo = tf.backend_util.Conv2DInfo;

/**
 * An image laid out so that what all output cells see at one cell of their window is one run of memory: padded, one phase of the
 * stride after the other, an empty image at the end. Outputs in a frame as large as a phase, with zeros to the right and below, meet
 * their inputs value by value. In WebAssembly copies of single rows are slow and copies of runs are not.
 */
export interface TapLayout {
  /** All phases, cells x channels. */
  readonly cells: Tensor2D;
  /** First cell of each tap, row by row of the window. */
  readonly starts: readonly number[];
  /** Batch, and height and width of a phase: as many cells as each run has. */
  readonly frame: readonly [batch: number, height: number, width: number];
}

/** @param padding - value of padded cells */
export function layTaps(x: Tensor4D, info: WindowInfo, padding = 0): TapLayout {
  const { strideHeight: stride, padInfo, filterHeight, filterWidth } = info;
  const [batch, height, width, channels] = x.shape;
  const [frameHeight, frameWidth] = phaseSize(info);
  const rows = [padInfo.top, frameHeight * stride - height - padInfo.top] as [number, number];
  const columns = [padInfo.left, frameWidth * stride - width - padInfo.left] as [number, number];
  const padded = tf.pad(x, [[0, 1], rows, columns, [0, 0]], padding); // prettier-ignore
  const phase = (batch + 1) * frameHeight * frameWidth;
  const starts = Array.from({ length: filterHeight * filterWidth }, (_, tap) => {
    const [row, column] = [Math.floor(tap / filterWidth), tap % filterWidth];
    const inPhase = Math.floor(row / stride) * frameWidth + Math.floor(column / stride);
    return ((row % stride) * stride + (column % stride)) * phase + inPhase;
  });
  const cells: Tensor2D = tf.reshape(splitPhases(padded, stride), [-1, channels]);
  return { cells, starts, frame: [batch, frameHeight, frameWidth] };
}

/** What the output cells see at one tap, cells x channels. Copied inside the heap: `slice` would take all cells out of it first. */
export function tapOf({ cells, frame }: TapLayout, start: number): Tensor2D {
  const backend = tf.backend() as BackendWasm;
  const channels = cells.shape[1];
  const length = runLength(frame);
  const info = backend.makeOutput([length, channels], 'float32');
  const values = backend.typedArrayFromHeap(cells).subarray(start * channels, (start + length) * channels);
  backend.typedArrayFromHeap(info).set(values);
  return tf.engine().makeTensorFromTensorInfo(info) as Tensor2D;
}

/** Adds values to the cells that the output cells see at one tap. */
export function addTap({ cells, frame }: TapLayout, sum: Tensor, start: number, values: Tensor): Tensor {
  const after = cells.shape[0] - start - runLength(frame);
  return tf.add(sum, tf.pad(values, [[start, after], [0, 0]])); // prettier-ignore
}

/** Outputs in the frame of a layout. */
export function frameOutput(y: Tensor4D, { frame: [, height, width] }: TapLayout): Tensor4D {
  return tf.pad(y, [[0, 0], [0, height - y.shape[1]], [0, width - y.shape[2]], [0, 0]]); // prettier-ignore
}

/** The image that `cells` are the layout of. */
export function gatherTaps({ frame: [, height, width] }: TapLayout, cells: Tensor, info: WindowInfo): Tensor4D {
  const { strideHeight: stride, padInfo, inShape } = info;
  const joined = joinPhases(cells, stride, width, inShape[3]);
  const padded: Tensor4D = tf.reshape(joined, [inShape[0] + 1, height * stride, width * stride, inShape[3]]);
  return tf.slice(padded, [0, padInfo.top, padInfo.left, 0], inShape);
}

function runLength(frame: TapLayout['frame']): number {
  return frame[0] * frame[1] * frame[2];
}

/** Every tap of every output cell falls inside, and so does the whole image. */
function phaseSize({ strideHeight: stride, padInfo, ...info }: WindowInfo): [height: number, width: number] {
  const reach = (outputs: number, size: number): number => outputs + Math.floor((size - 1) / stride);
  const image = (cells: number, before: number): number => Math.ceil((cells + before) / stride);
  return [
    Math.max(reach(info.outHeight, info.filterHeight), image(info.inHeight, padInfo.top)),
    Math.max(reach(info.outWidth, info.filterWidth), image(info.inWidth, padInfo.left)),
  ];
}

/** Batch x rows x columns x channels to phase of the row x phase of the column x the rest, flat within a phase. */
function splitPhases(x: Tensor4D, stride: number): Tensor {
  if (stride === 1) return x;
  const [, , columns, channels] = x.shape;
  const byColumn = tf.transpose(tf.reshape(x, [-1, stride, channels]), [1, 0, 2]);
  return tf.transpose(tf.reshape(byColumn, [-1, stride, (columns / stride) * channels]), [1, 0, 2]);
}

/** Takes {@link splitPhases} back. @param columns - of a phase */
function joinPhases(phases: Tensor, stride: number, columns: number, channels: number): Tensor {
  if (stride === 1) return phases;
  const byColumn = tf.transpose(tf.reshape(phases, [stride, -1, columns * channels]), [1, 0, 2]);
  return tf.transpose(tf.reshape(byColumn, [stride, -1, channels]), [1, 0, 2]);
}
