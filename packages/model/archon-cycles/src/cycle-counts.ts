/** What cycles were lost to, in the words of a person who looks for the bottleneck. */
export const STALLS = ['dram', 'broadcast', 'masks', 'adders', 'imbalance', 'fifo-full', 'drain'] as const;
export type Stall = (typeof STALLS)[number];

/** Additions of one fused weight in one PE that are told apart; the last entry holds all that take more. */
export const MOST_ADDITIONS = 64;

/** What the main phase of a block took. One fused weight of one PE makes at most one multiplication. */
export class CycleCounts {
  cycles = 0;
  /** Cycles in which nothing was broadcast that could have been, by cause; they add up to the cycles beyond one a fused weight. */
  readonly stalls: Record<Stall, number> = {
    dram: 0,
    broadcast: 0,
    masks: 0,
    adders: 0,
    imbalance: 0,
    'fifo-full': 0,
    drain: 0,
  };
  /** Fused weights broadcast, over all tiles: each takes a cycle at least. */
  weights = 0;
  /** Products broadcast. */
  products = 0;
  /** Words of masks read by each PE. */
  maskWords = 0;
  /** Products added, over all PEs. */
  additions = 0;
  /** Fused weights of all PEs that are not 0, each a multiplication. */
  multiplications = 0;
  /** Largest number of products in the FIFOs of one PE. */
  fifoPeak = 0;
  /** Fused weights of all PEs by the additions they took. */
  readonly histogram = new Float64Array(MOST_ADDITIONS + 1);

  add(other: CycleCounts): void {
    for (const name of ['cycles', 'weights', 'products', 'maskWords', 'additions', 'multiplications'] as const) {
      this[name] += other[name];
    }
    for (const stall of STALLS) this.stalls[stall] += other.stalls[stall];
    this.fifoPeak = Math.max(this.fifoPeak, other.fifoPeak);
    other.histogram.forEach(
      (count, additions) => (this.histogram[additions] = (this.histogram[additions] ?? 0) + count),
    );
  }
}
