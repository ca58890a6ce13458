/** Size of an SRAM: words, bits per word, banks as requested (before rounding up), read/write ports. Whole numbers >= 1. */
export interface SramSize {
  readonly depthWords: number;
  readonly widthBits: number;
  readonly banks: number;
  readonly ports: number;
}

/** Largest values of the tables; nothing is extrapolated beyond. */
const SRAM_MAXIMA: Readonly<SramSize> = { depthWords: 65536, widthBits: 256, banks: 32, ports: 2 };

/** Smallest block CACTI reads, in bytes. */
const MIN_BLOCK_BYTES = 4;
/** Smallest SRAM CACTI builds, in blocks; a smaller one costs as much. */
const MIN_BLOCKS = 64;
/** Smallest bank, in bytes. */
const MIN_BANK_BYTES = 64;
/** A bank of words of 4 bytes or more holds more blocks than this. */
const MIN_BANK_BLOCKS = 30;
/** The same for words of 3 bytes: 18 are too few and 24 enough, nothing between was tried. */
const MIN_BANK_BLOCKS_24_BIT = 24;

/** Banks as CACTI builds them: the next power of two. */
export function builtBanks(banks: number): number {
  return 2 ** Math.ceil(Math.log2(banks));
}

/** Block of an SRAM in bytes: its word, but 4 at least. */
const blockBytes = (widthBits: number): number => Math.max(MIN_BLOCK_BYTES, widthBits / 8);

/** Depth whose price an SRAM has: its own, or that of the smallest SRAM of its width. A fraction at widths between the grid's. */
export function pricedDepth({ depthWords, widthBits }: SramSize): number {
  return Math.max(depthWords, (MIN_BLOCKS * blockBytes(widthBits) * 8) / widthBits);
}

/**
 * Why CACTI cannot build an SRAM, with the limit it breaks, or nothing when it can.
 *
 * @source CACTI 7 (commit 1ffd8df) over 5,352 sizes at 65, 45, 32 and 22 nm
 */
export function sramLimit(size: SramSize): string | undefined {
  for (const key of ['depthWords', 'widthBits', 'banks', 'ports'] as const) {
    if (size[key] > SRAM_MAXIMA[key]) return `${key} of at most ${SRAM_MAXIMA[key]}, where the table ends`;
  }
  const { depthWords, widthBits } = size;
  const banks = builtBanks(size.banks);
  if (depthWords * widthBits < MIN_BANK_BYTES * 8) return `at least ${MIN_BANK_BYTES} bytes in all`;
  const bankBytes = (pricedDepth(size) * widthBits) / 8 / banks;
  if (bankBytes < MIN_BANK_BYTES) return `at least ${MIN_BANK_BYTES} bytes in each of ${banks} banks`;
  const bankBlocks = bankBytes / blockBytes(widthBits);
  if (widthBits >= 32 && bankBlocks <= MIN_BANK_BLOCKS)
    return `more than ${MIN_BANK_BLOCKS * banks} words in ${banks} banks`;
  if (widthBits === 24 && bankBlocks < MIN_BANK_BLOCKS_24_BIT) {
    return `at least ${(MIN_BANK_BLOCKS_24_BIT * banks * 32) / 24} words in ${banks} banks`;
  }
  return undefined;
}
