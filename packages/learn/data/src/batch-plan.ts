import { CHANNELS, type Dataset, type Normalization } from './dataset.js';

/** Order of the values of a batch: image, channel, row, column, or image, row, column, channel. */
export type Layout = 'nchw' | 'nhwc';

/** What random changes a training image gets. */
export interface Augmentation {
  /** Probability that an image is mirrored left to right, drawn per image. */
  readonly flip: number;
  /** Pixels added on each side before a crop of the old size is cut out; 0 leaves the images in place. */
  readonly pad: number;
  /** Whether each image has a crop of its own, or all images of a batch share one. */
  readonly crop: 'image' | 'batch';
}

/** Mirrored half of the time, moved by up to two pixels. */
export const DEFAULT_AUGMENTATION: Augmentation = { flip: 0.5, pad: 2, crop: 'image' };

/**
 * As published: one crop a batch.
 *
 * @source the training scripts published with ARCHON, ICS 2021, whose crop is cut after batching
 */
export const PUBLISHED_AUGMENTATION: Augmentation = { ...DEFAULT_AUGMENTATION, crop: 'batch' };

/** No change at all. */
export const NO_AUGMENTATION: Augmentation = { flip: 0, pad: 0, crop: 'image' };

/** Where a batch is written; the caller's memory, used again for every batch. */
export interface BatchTarget {
  /** Normalised values, `batch` images in the plan's layout. */
  readonly images: Float32Array;
  /** One class an image. */
  readonly labels: Int32Array;
}

/** Memory for batches of a dataset. */
export function createBatchTarget({ resolution }: Dataset, batch: number): BatchTarget {
  return { images: new Float32Array(batch * CHANNELS * resolution ** 2), labels: new Int32Array(batch) };
}

/** Normalised value of each byte. */
export function normalizationTable({ mean, std }: Normalization): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => (value - mean) / std);
}
