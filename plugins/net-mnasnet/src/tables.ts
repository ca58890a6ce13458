/** One inverted residual block. Its input has the channels of the block before. */
export interface BlockRow {
  /** Channels between the two pointwise convolutions. */
  readonly mid: number;
  /** Channels after the block. */
  readonly out: number;
  /** Of the depthwise convolution. */
  readonly kernel: 3 | 5;
  readonly stride: 1 | 2;
  /** Hidden channels of squeeze-and-excite, in blocks that have it. */
  readonly squeeze?: number;
}

export interface MnasNetTable {
  /** Where squeeze-and-excite sits: on the channels inside the block, or on those after it. */
  readonly squeezeAfter: 'depthwise' | 'project';
  /** b1, b2, ... */
  readonly blocks: readonly BlockRow[];
}

/** Channels of the first convolution and of the pointwise convolution that ends the head. */
export const HEAD = { stem: 32, out: 16 } as const;

/** Channels of the pointwise convolution after the blocks; only the network for CIFAR-100 has one. */
export const TAIL: Readonly<Record<'cifar10' | 'cifar100', number | undefined>> = {
  cifar10: undefined,
  cifar100: 1280,
};

/**
 * MnasNet-A1 for 32x32 images; squeeze-and-excite has a quarter of the channels it gates.
 *
 * @source Tan et al., MnasNet, CVPR 2019, figure 7; strides as trained by the authors of ARCHON (ICS 2021)
 */
const BASELINE: MnasNetTable = {
  squeezeAfter: 'depthwise',
  blocks: [
    { mid: 96, out: 24, kernel: 3, stride: 1 },
    { mid: 144, out: 24, kernel: 3, stride: 1 },
    { mid: 72, out: 40, kernel: 5, stride: 2, squeeze: 18 },
    { mid: 120, out: 40, kernel: 5, stride: 1, squeeze: 30 },
    { mid: 120, out: 40, kernel: 5, stride: 1, squeeze: 30 },
    { mid: 240, out: 80, kernel: 3, stride: 1 },
    { mid: 480, out: 80, kernel: 3, stride: 1 },
    { mid: 480, out: 80, kernel: 3, stride: 1 },
    { mid: 480, out: 80, kernel: 3, stride: 1 },
    { mid: 480, out: 112, kernel: 3, stride: 1, squeeze: 120 },
    { mid: 672, out: 112, kernel: 3, stride: 1, squeeze: 168 },
    { mid: 672, out: 160, kernel: 5, stride: 2, squeeze: 168 },
    { mid: 960, out: 160, kernel: 5, stride: 1, squeeze: 240 },
    { mid: 960, out: 160, kernel: 5, stride: 1, squeeze: 240 },
    { mid: 960, out: 320, kernel: 3, stride: 1 },
  ],
};

/**
 * The network reshaped for fusion: few channels between blocks, 960 inside them, and squeeze-and-excite moved behind the
 * block's last convolution with a hidden layer of 16, 64 or 128 times the channels it gates.
 *
 * @source modified MnasNet of ARCHON (ICS 2021), as trained by its authors for CIFAR-10
 */
const MODIFIED: MnasNetTable = {
  squeezeAfter: 'project',
  blocks: [
    { mid: 960, out: 24, kernel: 3, stride: 1 },
    { mid: 960, out: 24, kernel: 3, stride: 1 },
    { mid: 960, out: 24, kernel: 5, stride: 2, squeeze: 384 },
    { mid: 960, out: 32, kernel: 5, stride: 1, squeeze: 512 },
    { mid: 960, out: 32, kernel: 5, stride: 1, squeeze: 512 },
    { mid: 960, out: 32, kernel: 3, stride: 1 },
    { mid: 960, out: 32, kernel: 3, stride: 1 },
    { mid: 960, out: 40, kernel: 3, stride: 1 },
    { mid: 960, out: 40, kernel: 3, stride: 2 },
    { mid: 960, out: 40, kernel: 3, stride: 1, squeeze: 2560 },
    { mid: 960, out: 40, kernel: 3, stride: 1, squeeze: 5120 },
    { mid: 960, out: 40, kernel: 5, stride: 1, squeeze: 2560 },
    { mid: 960, out: 40, kernel: 5, stride: 1, squeeze: 5120 },
    { mid: 960, out: 40, kernel: 5, stride: 1, squeeze: 5120 },
    { mid: 960, out: 80, kernel: 3, stride: 1 },
  ],
};

export const TABLES = { baseline: BASELINE, modified: MODIFIED } as const;
export type Variant = keyof typeof TABLES;
