import type { Extent, Padding } from '@archon-dse/core';
import { samePadding } from '@archon-dse/workload';
import type { NodeReader } from './node-reader.js';
import { unsupported } from './refusal.js';
import type { Activation } from './value.js';

/** Cells before and after one dimension. */
export type Cells = readonly [before: number, after: number];

/** A window over the dimensions behind the channels, one entry each. */
export interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly Cells[];
}

/** Sizes behind the channels of an image or a sequence. */
export function spatialOf({ dims }: Activation): readonly number[] {
  if (dims.length === 3 || dims.length === 4) return dims.slice(2);
  return unsupported(
    `its input is [${dims.join(',')}]`,
    'an image or a sequence, with one or two dimensions behind the channels',
  );
}

/** Cells that a kernel covers with those between its rows. */
export function spanOf({ kernel, dilation }: Pick<Window, 'kernel' | 'dilation'>, axis: number): number {
  return ((kernel[axis] ?? 1) - 1) * (dilation[axis] ?? 1) + 1;
}

/** The window of a convolution or pool over an input of the given size, padding worked out. */
export function readWindow(node: NodeReader, size: readonly number[], kernel: readonly number[]): Window {
  const count = size.length;
  const ones = size.map(() => 1);
  const stride = node.sizes('strides', count, 1) ?? ones;
  const dilation = node.sizes('dilations', count, 1) ?? ones;
  const automatic = node.text('auto_pad', 'NOTSET');
  const pads = node.sizes('pads', 2 * count, 0) ?? [...ones, ...ones].map(() => 0);
  const padding = size.map((cells, axis): Cells => {
    const same = samePadding(cells, spanOf({ kernel, dilation }, axis), stride[axis] ?? 1);
    switch (automatic) {
      case 'SAME_UPPER':
        return same;
      case 'SAME_LOWER':
        return [same[1], same[0]];
      case 'VALID':
        return [0, 0];
      case 'NOTSET':
      case '':
        return [pads[axis] ?? 0, pads[axis + count] ?? 0];
      default:
        return unsupported(`auto_pad is "${automatic}"`, 'one of: NOTSET, SAME_UPPER, SAME_LOWER, VALID');
    }
  });
  return { kernel, stride, dilation, padding };
}

/** Sizes after the window has moved over the padded input. */
export function windowSizes(size: readonly number[], window: Window): readonly number[] {
  return size.map((cells, axis) => {
    const [before, after] = window.padding[axis] ?? [0, 0];
    const places = Math.floor((cells + before + after - spanOf(window, axis)) / (window.stride[axis] ?? 1)) + 1;
    return places >= 1 ? places : unsupported(`its window leaves nothing of ${cells} cells`, 'a window that fits');
  });
}

/** Properties of a layer with a window; a sequence is one column. */
export function windowProperties({ kernel, stride, dilation, padding }: Window, size: readonly number[]) {
  const apart = extent(dilation);
  const cells = paddingOf({ kernel, stride, dilation, padding }, size);
  return {
    ...{ kernel: extent(kernel), stride: extent(stride) },
    ...(apart === 1 ? {} : { dilation: apart }),
    ...(cells === 'same' ? {} : { padding: cells }),
  };
}

/** One number for rows and columns alike. */
function extent([rows = 1, columns = 1]: readonly number[]): Extent {
  return rows === columns ? rows : [rows, columns];
}

/** The shortest way to say where the zeros are. */
function paddingOf(window: Window, size: readonly number[]): Padding {
  const { padding, stride } = window;
  const isSame = padding.every(([before, after], axis) => {
    const [top, bottom] = samePadding(size[axis] ?? 1, spanOf(window, axis), stride[axis] ?? 1);
    return before === top && after === bottom;
  });
  if (isSame) return 'same';
  return cellsOf(padding);
}

/** Zeros around a plane as cells on its four sides. */
export function cellsOf([rows = [0, 0], columns = [0, 0]]: readonly Cells[]): Padding {
  const [[top, bottom], [left, right]] = [rows, columns];
  return top + bottom + left + right === 0 ? 'valid' : { top, bottom, left, right };
}
