/** One inverted residual block. Its input has the channels of the block before. */
export interface BlockRow {
  /** Channels between the two pointwise convolutions. */
  readonly mid: number;
  /** Channels after the block. */
  readonly out: number;
  /** Of the 3x3 depthwise convolution. */
  readonly stride: 1 | 2;
}

interface MobileNetV2Table {
  /** Channels of the first convolution. */
  readonly stem: number;
  /** b0, b1, ... */
  readonly blocks: readonly BlockRow[];
  /** Channels of the last pointwise convolution. */
  readonly tail: number;
}

/**
 * MobileNetV2 for 32x32 images: the ImageNet network with strides 1 in the stem and in the first strided block, and with an
 * expansion (of ratio 1) in b0 as well.
 *
 * @source Sandler et al., MobileNetV2, CVPR 2018, table 2; strides as trained by the authors of ARCHON (ICS 2021)
 */
const BASELINE: MobileNetV2Table = {
  stem: 32,
  blocks: [
    { mid: 32, out: 16, stride: 1 },
    { mid: 96, out: 24, stride: 1 },
    { mid: 144, out: 24, stride: 1 },
    { mid: 144, out: 32, stride: 1 },
    { mid: 192, out: 32, stride: 1 },
    { mid: 192, out: 32, stride: 1 },
    { mid: 192, out: 64, stride: 2 },
    { mid: 384, out: 64, stride: 1 },
    { mid: 384, out: 64, stride: 1 },
    { mid: 384, out: 64, stride: 1 },
    { mid: 384, out: 96, stride: 1 },
    { mid: 576, out: 96, stride: 1 },
    { mid: 576, out: 96, stride: 1 },
    { mid: 576, out: 160, stride: 2 },
    { mid: 960, out: 160, stride: 1 },
    { mid: 960, out: 160, stride: 1 },
    { mid: 960, out: 320, stride: 1 },
  ],
  tail: 1280,
};

/**
 * The network reshaped for fusion: few channels between blocks, 864 inside them.
 *
 * @source modified MobileNetV2 of ARCHON (ICS 2021), as trained by its authors for CIFAR-10
 */
const MODIFIED: MobileNetV2Table = {
  stem: 32,
  blocks: [
    { mid: 32, out: 16, stride: 1 },
    { mid: 864, out: 24, stride: 1 },
    { mid: 864, out: 24, stride: 1 },
    { mid: 864, out: 24, stride: 1 },
    { mid: 864, out: 32, stride: 2 },
    { mid: 864, out: 32, stride: 1 },
    { mid: 864, out: 32, stride: 1 },
    { mid: 864, out: 32, stride: 1 },
    { mid: 864, out: 40, stride: 2 },
    { mid: 864, out: 40, stride: 1 },
    { mid: 864, out: 40, stride: 1 },
    { mid: 864, out: 40, stride: 1 },
    { mid: 864, out: 40, stride: 1 },
    { mid: 864, out: 40, stride: 1 },
    { mid: 864, out: 80, stride: 1 },
  ],
  tail: 1280,
};

export const TABLES = { baseline: BASELINE, modified: MODIFIED } as const;
export type Variant = keyof typeof TABLES;
