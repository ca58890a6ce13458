import type { ArchitectureDocument, LevelDocument } from './schema.js';

const BITS_PER_KIB = 8 * 1024;

/** The storage of one instance of a level. */
export interface LevelSize {
  readonly wordBits: number;
  readonly rowBits: number;
  /** Words one instance holds; absent where there is no limit. */
  readonly words?: number;
  /** Rows of each of its memories; absent where there is no limit. */
  readonly rows?: number;
  /** Words that one access moves. */
  readonly rowWords: number;
}

export function sizeOf(level: LevelDocument, { wordBits: usual }: ArchitectureDocument): LevelSize {
  const { wordBits = usual, macros = 1, sizeKib, sizeWords } = level;
  const { rowBits = wordBits } = level;
  const bits = sizeKib === undefined ? (sizeWords ?? NaN) * wordBits : sizeKib * BITS_PER_KIB;
  const size = { wordBits, rowBits, rowWords: rowBits / wordBits };
  return Number.isNaN(bits) ? size : { ...size, words: Math.floor(bits / wordBits), rows: bits / rowBits / macros };
}

/** How many instances each level has, outermost first, and behind them the MACs: the meshes outside multiply. */
export function instancesOf({ levels }: ArchitectureDocument): readonly number[] {
  return levels.reduce((counts, { meshX, meshY }) => [...counts, (counts.at(-1) ?? 1) * meshX * meshY], [
    1,
  ] as readonly number[]);
}
