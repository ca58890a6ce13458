/** Whether images are for training or for the final count. */
export type Split = 'train' | 'test';

/** Labelled images in memory. */
export interface Dataset {
  /** `cifar10`, `cifar100` or `procedural`; decides the normalisation. */
  readonly name: DatasetName;
  readonly split: Split;
  readonly classes: number;
  /** Number of images. */
  readonly count: number;
  /** Height and width in pixels; images are square with {@link CHANNELS} channels. */
  readonly resolution: number;
  /** Values 0..255 in NCHW order: image, channel (red, green, blue), row, column. */
  readonly images: Uint8Array;
  /** One class a image, 0..classes - 1. */
  readonly labels: Uint16Array;
}

export const CHANNELS = 3;

/** `value` becomes `(value - mean) / std`, one pair for all channels, values 0..255. */
export interface Normalization {
  readonly mean: number;
  readonly std: number;
}

/**
 * Normalisation of each dataset.
 *
 * CIFAR-100's pair is the mean of means and deviations of batches, as published, not that of all pixels.
 *
 * @source CIFAR: the training scripts published with ARCHON, ICS 2021; procedural: measured on 10,000 training images of seed 1
 */
export const NORMALIZATION = {
  cifar10: { mean: 120.70756512369792, std: 64.1500758911213 },
  cifar100: { mean: 121.90086, std: 68.23722 },
  procedural: { mean: 110.748, std: 50.6016 },
} as const satisfies Record<string, Normalization>;

export type DatasetName = keyof typeof NORMALIZATION;

/** Mean and standard deviation of all values of a dataset. */
export function measureNormalization({ images }: Dataset): Normalization {
  const counts = new Float64Array(256);
  for (const value of images) counts[value] = (counts[value] ?? 0) + 1;
  const moment = (power: number): number =>
    counts.reduce((sum, count, value) => sum + count * value ** power, 0) / images.length;
  const mean = moment(1);
  return { mean, std: Math.sqrt(moment(2) - mean ** 2) };
}

/** Images of each class. */
export function countClasses({ labels, classes }: Dataset): readonly number[] {
  const counts = Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
