import type { TensorShape } from '@archon-dse/core';
import type { ConvNode } from '@archon-dse/tensor';

/** The input cells under a window, for every place of it. */
export interface WindowCells {
  /** Channels of the input. */
  readonly channels: number;
  /** Places of the window, row by row. */
  readonly cells: number;
  /** Cells of the window, row by row. */
  readonly taps: number;
  /** Input cell at `place * taps + tap`, -1 outside the image. */
  readonly at: Int32Array;
}

export function windowCells(
  [height, width, channels]: TensorShape,
  { shape, window }: Pick<ConvNode, 'shape' | 'window'>,
): WindowCells {
  const { size, stride, rows, columns } = window;
  const [taps, cells] = [size ** 2, shape[0] * shape[1]];
  const at = Int32Array.from({ length: cells * taps }, (_, index) => {
    const [cell, tap] = [Math.floor(index / taps), index % taps];
    const h = Math.floor(cell / shape[1]) * stride + Math.floor(tap / size) - rows[0];
    const w = (cell % shape[1]) * stride + (tap % size) - columns[0];
    return h < 0 || h >= height || w < 0 || w >= width ? -1 : h * width + w;
  });
  return { channels, cells, taps, at };
}
