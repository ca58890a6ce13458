import type { Split } from './dataset.js';

/** Pixels of one image: 32 x 32, three channels, each channel a plane of rows. */
export const CIFAR_RESOLUTION = 32;
export const CIFAR_IMAGE_BYTES = 3 * CIFAR_RESOLUTION ** 2;

/** One dataset in its binary format: files are records without header, each its label bytes and then its pixels. */
export interface CifarFormat {
  readonly title: string;
  /** Largest value of each label byte, plus one. The last one is the class. */
  readonly labels: readonly [number] | readonly [coarse: number, fine: number];
  /** Folder inside the official archive. */
  readonly folder: string;
  /** Files of the official archive. */
  readonly files: Readonly<Record<Split, readonly string[]>>;
}

/**
 * The two datasets. A CIFAR-10 record is 1 + 3072 bytes, a CIFAR-100 record 2 + 3072 (coarse label, fine label).
 *
 * @source Krizhevsky, the CIFAR-10 and CIFAR-100 datasets, binary version: https://www.cs.toronto.edu/~kriz/cifar.html
 */
export const CIFAR_FORMATS = {
  cifar10: {
    title: 'CIFAR-10',
    labels: [10],
    folder: 'cifar-10-batches-bin',
    files: { train: [1, 2, 3, 4, 5].map((n) => `data_batch_${String(n)}.bin`), test: ['test_batch.bin'] },
  },
  cifar100: {
    title: 'CIFAR-100',
    labels: [20, 100],
    folder: 'cifar-100-binary',
    files: { train: ['train.bin'], test: ['test.bin'] },
  },
} as const satisfies Record<string, CifarFormat>;

export type CifarName = keyof typeof CIFAR_FORMATS;
export const CIFAR_NAMES = Object.keys(CIFAR_FORMATS) as readonly CifarName[];

/** Bytes of one image with its labels. */
export function recordBytes(name: CifarName): number {
  return CIFAR_FORMATS[name].labels.length + CIFAR_IMAGE_BYTES;
}

/** What a file holds, for errors. */
export const IMAGES = 'CIFAR images in the binary format';
