/** One block. Its input has the channels of the block before. */
export interface BlockRow {
  /** Channels between the two grouped pointwise convolutions. */
  readonly mid: number;
  /** Channels after the block. */
  readonly out: number;
  /** Of the 3x3 depthwise convolution. */
  readonly stride: 1 | 2;
  readonly hasShortcut: boolean;
}

/** Groups of the grouped convolutions and channel shuffles of head and blocks. */
export const GROUPS = 4;

/** Channels of the head. */
export const STEM = 32;

/**
 * b1, b2, ...; the same for both datasets. b1 has no shortcut although it keeps its shape.
 *
 * @source FusioNet of ARCHON (ICS 2021), as trained by its authors for CIFAR-10 and CIFAR-100
 */
export const BLOCKS: readonly BlockRow[] = [
  { mid: 2368, out: 32, stride: 1, hasShortcut: false },
  ...repeat(2, { mid: 2368, out: 32, stride: 1, hasShortcut: true }),
  { mid: 2368, out: 64, stride: 2, hasShortcut: false },
  ...repeat(3, { mid: 2368, out: 64, stride: 1, hasShortcut: true }),
  { mid: 2368, out: 96, stride: 2, hasShortcut: false },
  ...repeat(7, { mid: 3456, out: 96, stride: 1, hasShortcut: true }),
  { mid: 3456, out: 160, stride: 1, hasShortcut: false },
];

/** The pointwise convolution after the blocks. */
export const TAIL = {
  cifar10: { filters: 960, groups: 4 },
  cifar100: { filters: 1280, groups: 1 },
} as const;

function repeat(times: number, row: BlockRow): readonly BlockRow[] {
  return Array.from({ length: times }, () => row);
}
