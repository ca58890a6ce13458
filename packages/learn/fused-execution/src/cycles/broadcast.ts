import type { FusedMain } from '../main/fused-main.kernel.js';

/** What is broadcast for every fused weight of a block, whatever the masks are. */
export interface Broadcast {
  /** Products of each fused weight. */
  readonly products: Int32Array;
  /** Words of masks its products are looked up in. */
  readonly maskWords: Int32Array;
}

/**
 * Masks lie in the order of the units, as many in a word as it has bits. Where the second convolution is depthwise both masks of a unit are looked
 * up; else the first ones, and that of the output.
 */
export function broadcastOf({ products: list, depthwiseSecond }: FusedMain, wordBits: number): Broadcast {
  const { tapStart, start, weight, units } = list;
  const count = tapStart.at(-1) ?? 0;
  const products = new Int32Array(count);
  const maskWords = new Int32Array(count).fill(depthwiseSecond ? 0 : 1);
  const last = new Int32Array(count).fill(-1);
  for (let row = 0; row + 1 < start.length; row++) {
    const word = Math.floor((row % units) / wordBits);
    for (let i = start[row] ?? 0; i < (start[row + 1] ?? 0); i++) {
      const of = weight[i] ?? 0;
      products[of] = (products[of] ?? 0) + 1;
      if (last[of] === word) continue; // products are sorted by unit
      last[of] = word;
      maskWords[of] = (maskWords[of] ?? 0) + (depthwiseSecond ? 2 : 1);
    }
  }
  return { products, maskWords };
}
