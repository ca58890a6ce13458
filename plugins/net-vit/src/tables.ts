export interface VitTable {
  readonly channels: number;
  /** Of 64 channels each. */
  readonly heads: number;
  readonly depth: number;
}

/**
 * @source Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021, table 1 (base); Touvron et al., Training data-efficient image
 *   transformers, ICML 2021, table 1 (tiny, small)
 */
export const TABLES = {
  tiny: { channels: 192, heads: 3, depth: 12 },
  small: { channels: 384, heads: 6, depth: 12 },
  base: { channels: 768, heads: 12, depth: 12 },
} as const satisfies Readonly<Record<string, VitTable>>;

export type Variant = keyof typeof TABLES;
