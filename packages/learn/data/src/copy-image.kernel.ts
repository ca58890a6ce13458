import type { Layout } from './batch-plan.js';
import { CHANNELS } from './dataset.js';

/** How one image is taken from the dataset. */
export interface Crop {
  /** Rows and columns the crop lies below and right of the image's own corner; negative in the padding. */
  rowOffset: number;
  columnOffset: number;
  /** Mirrors the image, before the crop. */
  flip: boolean;
}

export interface CopyPlan {
  /** NCHW. */
  readonly source: Uint8Array;
  readonly resolution: number;
  /** Normalised value of each byte. */
  readonly table: Float32Array;
  /** Distance in the target between neighbouring values of one channel, and between channels. */
  readonly pixelStride: number;
  readonly channelStride: number;
}

/** Strides of one image in a layout. */
export function stridesOf(layout: Layout, resolution: number): Pick<CopyPlan, 'pixelStride' | 'channelStride'> {
  return layout === 'nchw'
    ? { pixelStride: 1, channelStride: resolution ** 2 }
    : { pixelStride: CHANNELS, channelStride: 1 };
}

/** Writes image `index` normalised to `target` from `start` on. Cells outside the image become 0, the mean after normalisation. */
export function copyImage(plan: CopyPlan, index: number, crop: Crop, target: Float32Array, start: number): void {
  const { source, resolution, table, pixelStride, channelStride } = plan;
  const plane = resolution * resolution;
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    const from = (index * CHANNELS + channel) * plane;
    let to = start + channel * channelStride;
    for (let row = 0; row < resolution; row += 1) {
      const sourceRow = row + crop.rowOffset;
      const isInside = sourceRow >= 0 && sourceRow < resolution;
      for (let column = 0; column < resolution; column += 1) {
        const cropped = column + crop.columnOffset;
        const sourceColumn = crop.flip ? resolution - 1 - cropped : cropped;
        const isPixel = isInside && cropped >= 0 && cropped < resolution;
        target[to] = isPixel ? table[source[from + sourceRow * resolution + sourceColumn]!]! : 0;
        to += pixelStride;
      }
    }
  }
}
