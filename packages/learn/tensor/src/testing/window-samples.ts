import type { TrainingSpec } from '../training-spec.js';
import { behind, sample } from './samples.js';

interface WindowCase {
  readonly image: readonly [height: number, width: number];
  readonly size: number;
  readonly stride: number;
}

/**
 * Windows at the borders of what SAME padding is: that leave cells out between them or at the end, are larger than the image, or meet images of
 * one row, one column or one cell.
 */
const WINDOWS: readonly WindowCase[] = [
  { image: [3, 3], size: 2, stride: 3 },
  { image: [4, 6], size: 2, stride: 3 },
  { image: [9, 8], size: 3, stride: 4 },
  { image: [9, 8], size: 3, stride: 5 },
  { image: [5, 7], size: 1, stride: 2 },
  { image: [5, 7], size: 2, stride: 1 },
  { image: [5, 7], size: 4, stride: 2 },
  { image: [1, 7], size: 2, stride: 4 },
  { image: [7, 1], size: 3, stride: 2 },
  { image: [1, 7], size: 5, stride: 1 },
  { image: [1, 1], size: 3, stride: 2 },
  { image: [2, 2], size: 7, stride: 1 },
];

/** For each window a training with all operations that move one beside each other, on few channels and on whole blocks of them. */
export const WINDOW_SPECS: Readonly<Record<string, TrainingSpec>> = Object.fromEntries(
  WINDOWS.flatMap((window) =>
    [4, 16].map((channels) => {
      const { image, size, stride } = window;
      const name = `${image.join(' x ')} image, window ${String(size)}, stride ${String(stride)}, ${String(channels)} channels`;
      return [name, windowSpec(window, channels)] as const;
    }),
  ),
);

function windowSpec({ image, size, stride }: WindowCase, channels: number): TrainingSpec {
  return sample([...image, channels], (net, image) => {
    const x = behind(net, image);
    return net.concat(
      'all',
      net.conv('conv', x, { filters: 3, kernel: size, stride, role: 'stem' }),
      net.conv('grouped', x, { filters: 6, kernel: size, stride, groups: 2, role: 'stem' }),
      net.depthwise('depthwise', x, { kernel: size, stride }),
      net.averagePool('mean', x, { size, stride }),
      net.maxPool('most', x, { size, stride }),
    );
  });
}
