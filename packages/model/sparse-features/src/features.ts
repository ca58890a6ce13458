import type { DataSpace, Dim } from '@archon-dse/loop-nest';

/** The two data spaces that are multiplied, and whose zeros make a product needless. */
export type OperandSpace = Exclude<DataSpace, 'Outputs'>;

/**
 * How the coordinates of a rank are written:
 * - `uncompressed`: every coordinate has its place, nothing is written about it;
 * - `bitmask`: a bit a coordinate says whether anything follows;
 * - `run-length`: every coordinate that is not empty comes with the number of empty ones before it; a longer run needs entries of its own;
 * - `coordinate`: every coordinate that is not empty comes with its number;
 * - `offset`: every coordinate has its place and says where its part begins, as row pointers of CSR do.
 */
export const RANK_FORMATS = ['uncompressed', 'bitmask', 'run-length', 'coordinate', 'offset'] as const;
export type RankFormatName = (typeof RANK_FORMATS)[number];

/** Formats that leave out coordinates with nothing behind them. */
export const DROPPING: readonly RankFormatName[] = ['bitmask', 'run-length', 'coordinate'];

/** One rank of a tile, of the dimensions it flattens. */
export interface FormatRank {
  readonly format: RankFormatName;
  /**
   * Dimensions of the data space, the last one fastest. In Inputs `P` stands for rows and `Q` for columns; with a depthwise problem their
   * channels are `M`.
   */
  readonly dims: readonly Dim[];
  /** Bits of one entry: a run, a coordinate or an offset; as many as the largest one needs unless given. */
  readonly bits?: number;
}

/** How a data space is written at a level. Dimensions that no rank names stand outside all ranks, uncompressed. */
export interface TensorFormat {
  readonly level: string;
  readonly tensor: DataSpace;
  /** Outermost first. */
  readonly ranks: readonly FormatRank[];
}

/**
 * Accesses that are left out or idle. The words of `tensor` that a level hands down are left out where the words of any data space in `on`
 * that they would meet until they are replaced are all zero.
 */
export interface AccessSaving {
  readonly level: string;
  readonly tensor: DataSpace;
  readonly on: readonly OperandSpace[];
}

/**
 * How PEs leave out needless products.
 *
 * The loops at `level` and inside are what a PE does on its own; all PEs begin every iteration of the temporal loops outside together and
 * wait for the slowest. Without `pack` a cycle is left out where the words it would use of one operand in `on` are all zero. With it the
 * words that are not zero are packed into the lanes: along the packed dimensions `n` of them take ceil(n / lanes) cycles, lanes being the
 * spatial bounds of those dimensions inside.
 *
 * Where both operands are in `on` and the kernel dimensions R, S are packed with the weights, every word of the tile of one operand meets
 * every word of the other that shares a channel, as in a Cartesian product.
 */
export interface ComputeSkipping {
  readonly level: string;
  readonly on: readonly OperandSpace[];
  readonly pack?: Readonly<Partial<Record<OperandSpace, readonly Dim[]>>>;
  /** Lanes of an operand where they are not the spatial bounds: packed words fill them whatever the bounds are. */
  readonly lanes?: Readonly<Partial<Record<OperandSpace, number>>>;
  /**
   * Packed words come from blocks of so many positions of the first packed dimension of Weights, `slots` of each at a time, all blocks in
   * lock step, as in 2:4 tensor cores. A block takes a cycle even where it is empty. What would take longer than without blocks, or is no
   * whole number of them, goes without.
   */
  readonly block?: { readonly positions: number; readonly slots: number };
}

/** What hardware does with zeros: formats, and accesses and products that are gated or skipped. */
export interface SparseFeatures {
  readonly formats?: readonly TensorFormat[];
  /** Cost no time less, but idle instead of access. */
  readonly gating?: readonly AccessSaving[];
  /** Not done at all. */
  readonly skipping?: readonly AccessSaving[];
  readonly compute?: {
    /** Products that idle where one of these operands is zero. */
    readonly gating?: readonly OperandSpace[];
    readonly skipping?: ComputeSkipping;
  };
}
