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

  /** A fused weight is broadcast as so many products, which are looked up in so many words of masks. */
  broadcast(products: number, maskWords: number): void {
    this.weights += 1;
    this.products += products;
    this.maskWords += maskWords;
  }

  /**
   * Every PE builds a fused weight of its live products: PE `pe` of `live[at + pe]`.
   *
   * @returns additions of all PEs
   */
  build(live: Uint16Array, at: number, pes: number): number {
    let [sum, multiplications] = [0, 0];
    for (let pe = 0; pe < pes; pe++) {
      const additions = live[at + pe] ?? 0;
      const entry = additions < MOST_ADDITIONS ? additions : MOST_ADDITIONS;
      sum += additions;
      multiplications += additions > 0 ? 1 : 0;
      this.histogram[entry] = (this.histogram[entry] ?? 0) + 1;
    }
    this.additions += sum;
    this.multiplications += multiplications;
    return sum;
  }
}
