export interface MixerTable {
  readonly channels: number;
  /** Units of the layers that mix tokens, and of those that mix channels. */
  readonly tokenUnits: number;
  readonly channelUnits: number;
  readonly depth: number;
}

/** @source Tolstikhin et al., MLP-Mixer: An all-MLP Architecture for Vision, NeurIPS 2021, table 1 */
export const TABLES = {
  small: { channels: 512, tokenUnits: 256, channelUnits: 2048, depth: 8 },
  base: { channels: 768, tokenUnits: 384, channelUnits: 3072, depth: 12 },
  large: { channels: 1024, tokenUnits: 512, channelUnits: 4096, depth: 24 },
} as const satisfies Readonly<Record<string, MixerTable>>;

export type Variant = keyof typeof TABLES;
