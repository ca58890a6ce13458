/** Blocks and channels of the four stages. */
export interface ConvNeXtTable {
  readonly depths: readonly [number, number, number, number];
  readonly channels: readonly [number, number, number, number];
}

/** @source Liu et al., A ConvNet for the 2020s, CVPR 2022, section 3 */
export const TABLES = {
  tiny: { depths: [3, 3, 9, 3], channels: [96, 192, 384, 768] },
  small: { depths: [3, 3, 27, 3], channels: [96, 192, 384, 768] },
  base: { depths: [3, 3, 27, 3], channels: [128, 256, 512, 1024] },
} as const satisfies Readonly<Record<string, ConvNeXtTable>>;

export type Variant = keyof typeof TABLES;
