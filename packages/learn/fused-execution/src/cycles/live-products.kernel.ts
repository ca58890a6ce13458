import type { BlockMasks, FusedMain } from '../main/fused-main.kernel.js';
import { mostWeights } from '../main/products.js';

/** Counts the products whose masks are 1, for the fused weights of one tap and the output cells of one tile. */
export class LiveProducts {
  /** By fused weight of the tap and PE. */
  readonly live: Uint16Array;
  private readonly main: FusedMain;
  private readonly pes: number;

  constructor(main: FusedMain, pes: number) {
    this.main = main;
    this.pes = pes;
    this.live = new Uint16Array(mostWeights(main.products) * pes);
  }

  /** Fills {@link live}. PEs without a cell, or whose cell has nothing under the tap, have no product. */
  fill({ first, second }: BlockMasks, tap: number, firstCell: number): void {
    const { main, pes, live } = this;
    const { window, depthwiseSecond } = main;
    const { tapStart } = main.products;
    live.fill(0, 0, (tapStart[tap + 1]! - tapStart[tap]!) * pes);
    const cells = Math.min(pes, window.cells - firstCell);
    for (let pe = 0; pe < cells; pe++) {
      const from = window.at[(firstCell + pe) * window.taps + tap]!;
      if (from < 0) continue;
      this.countUnits(first, second, { tap, pe, from, cell: firstCell + pe });
      if (!depthwiseSecond) this.closeOutputs(second, { tap, pe, from });
    }
  }

  private countUnits(
    first: Uint8Array,
    second: Uint8Array,
    at: { tap: number; pe: number; from: number; cell: number },
  ) {
    const { live, pes } = this;
    const { firstOf, firstChannels, secondOf, secondChannels, depthwiseSecond, products } = this.main;
    const { units, start, weight, tapStart } = products;
    const base = tapStart[at.tap]!;
    for (let unit = 0, row = at.tap * units; unit < units; unit++, row++) {
      if (first[at.from * firstChannels + firstOf[unit]!] === 0) continue;
      if (depthwiseSecond && second[at.cell * secondChannels + secondOf[unit]!] === 0) continue;
      for (let i = start[row]!; i < start[row + 1]!; i++) live[(weight[i]! - base) * pes + at.pe]! += 1;
    }
  }

  /** Where masks of outputs stand at the tap, a fused weight of a closed output is 0 whatever its products are. */
  private closeOutputs(second: Uint8Array, { tap, pe, from }: { tap: number; pe: number; from: number }): void {
    const { live, pes } = this;
    const { secondOf, secondChannels, products } = this.main;
    const { tapStart, to } = products;
    for (let f = tapStart[tap]!; f < tapStart[tap + 1]!; f++) {
      if (second[from * secondChannels + secondOf[to[f]!]!] === 0) live[(f - tapStart[tap]!) * pes + pe] = 0;
    }
  }
}
