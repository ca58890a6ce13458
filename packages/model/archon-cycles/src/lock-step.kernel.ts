import type { CycleCounts, Stall } from './cycle-counts.js';
import type { MainHardware } from './main-hardware.js';
import { Prefetch } from './prefetch.js';
import type { MainPhase, TapOfTile } from './tile.js';

/**
 * All PEs on the same fused weight: it takes as long as its broadcast, its masks, and the additions of the PE that has most of them. Cycles the PEs
 * would lose if all had the mean number of additions are put down to the adders, the others to imbalance.
 */
export class LockStep implements MainPhase {
  private readonly hardware: MainHardware;
  private readonly counts: CycleCounts;
  private readonly prefetch: Prefetch;
  /** Cycles that the fused weight at hand has taken so far. */
  private taken = 0;

  constructor(hardware: MainHardware, counts: CycleCounts) {
    this.hardware = hardware;
    this.counts = counts;
    this.prefetch = new Prefetch(hardware);
  }

  tap({ weights, products, maskWords, first, live }: TapOfTile): void {
    const { counts, hardware, prefetch } = this;
    const { pes, addersPerPe, productsPerCycle, maskWordsPerCycle, productBits } = hardware;
    for (let weight = 0; weight < weights; weight++) {
      const [broadcast, words] = [products[first + weight]!, maskWords[first + weight]!];
      counts.broadcast(broadcast, words);
      const wait = prefetch.take(broadcast * productBits);
      counts.stalls.dram += wait;
      this.taken = 1;
      this.extend('broadcast', broadcast / productsPerCycle);
      this.extend('masks', words / maskWordsPerCycle);
      this.add(live, weight * pes, addersPerPe);
      prefetch.advance(this.taken);
      counts.cycles += wait + this.taken;
    }
  }

  endTile(): void {
    // Nothing is left to do: PEs end every fused weight together.
  }

  private add(live: Uint16Array, at: number, adders: number): void {
    const { pes } = this.hardware;
    const sum = this.counts.build(live, at, pes);
    let most = 0;
    for (let pe = 0; pe < pes; pe++) if (live[at + pe]! > most) most = live[at + pe]!;
    this.extend('adders', sum / pes / adders);
    this.extend('imbalance', most / adders);
  }

  private extend(cause: Stall, needed: number): void {
    const cycles = Math.ceil(needed);
    if (cycles <= this.taken) return;
    this.counts.stalls[cause] += cycles - this.taken;
    this.taken = cycles;
  }
}
