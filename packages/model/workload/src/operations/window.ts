import type { Extent, Layer, Padding, TensorShape } from '@archon-dse/core';
import { invalidLayer, showShape } from './invalid-layer.js';

type Pair = readonly [rows: number, columns: number];
type Cells = readonly [before: number, after: number];

/** A window that moves over a plane, as layers say it. */
export interface WindowSpec {
  readonly kernel: Extent;
  readonly stride: Extent;
  readonly dilation?: Extent;
  readonly padding?: Padding;
}

/** Rows and columns of an extent. */
export function pairOf(extent: Extent): Pair {
  return typeof extent === 'number' ? [extent, extent] : extent;
}

/** `3`, or `1x7` for one row and seven columns; nothing for none. */
export function extentText(extent: Extent | null): string {
  if (extent === null) return '';
  const [rows, columns] = pairOf(extent);
  return rows === columns ? String(rows) : `${rows}x${columns}`;
}

/** Size of one spatial dimension after a window moves over it with SAME padding. */
export function sameOutputSize(size: number, stride: number): number {
  return Math.ceil(size / stride);
}

/**
 * Cells of zero padding that SAME puts before and after one spatial dimension; an odd cell goes after.
 *
 * @param size - cells of the dimension
 * @param kernel - cells under the window
 * @source TensorFlow, notes on padding in `tf.nn`
 */
export function samePadding(size: number, kernel: number, stride: number): Cells {
  const total = Math.max(0, (sameOutputSize(size, stride) - 1) * stride + kernel - size);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** Rows and columns that a window with its dilation covers. */
function spanOf({ kernel, dilation = 1 }: WindowSpec): Pair {
  const [rows, columns] = pairOf(kernel);
  const [down, across] = pairOf(dilation);
  return [(rows - 1) * down + 1, (columns - 1) * across + 1];
}

/** Cells of zeros around the rows and the columns of a plane. */
export function paddingOf(plane: TensorShape, window: WindowSpec): readonly [rows: Cells, columns: Cells] {
  const { padding = 'same' } = window;
  if (padding === 'valid') return [NONE, NONE];
  if (padding !== 'same') {
    const { top, bottom, left, right } = padding;
    return [
      [top, bottom],
      [left, right],
    ];
  }
  const [height, width] = spanOf(window);
  const [down, across] = pairOf(window.stride);
  return [samePadding(plane[0], height, down), samePadding(plane[1], width, across)];
}

const NONE: Cells = [0, 0];

/** Plane after a window moved over the padded input. */
export function windowPlane(layer: Layer, input: TensorShape, window: WindowSpec): Pair {
  const span = spanOf(window);
  const stride = pairOf(window.stride);
  const padding = paddingOf(input, window);
  const outputCells = (axis: 0 | 1): number => {
    const cells = input[axis] + padding[axis][0] + padding[axis][1];
    return Math.floor((cells - span[axis]) / stride[axis]) + 1;
  };
  return positivePlane(layer, input, [outputCells(0), outputCells(1)]);
}

/** Plane that windows spread over, `stride` apart, one for each input cell. */
export function transposedPlane(layer: Layer, input: TensorShape, window: WindowSpec): Pair {
  const { padding = 'same' } = window;
  const kernel = spanOf(window);
  const stride = pairOf(window.stride);
  if (padding === 'same') return [input[0] * stride[0], input[1] * stride[1]];
  const cut = paddingOf(input, window);
  const outputCells = (axis: 0 | 1): number =>
    (input[axis] - 1) * stride[axis] + kernel[axis] - cut[axis][0] - cut[axis][1];
  return positivePlane(layer, input, [outputCells(0), outputCells(1)]);
}

function positivePlane(layer: Layer, input: TensorShape, plane: Pair): Pair {
  if (plane.every((cells) => cells >= 1)) return plane;
  return invalidLayer(
    layer,
    `its window and padding leave nothing of ${showShape(input)}`,
    'a window and padding that fit the plane',
  );
}
