import { createMainPhase, CycleCounts, type MainHardware, type MainPhase } from '@archon-dse/archon-cycles';
import type { BlockMasks, FusedMain } from '../main/fused-main.kernel.js';
import { broadcastOf, type Broadcast } from './broadcast.js';
import { LiveProducts } from './live-products.kernel.js';

/**
 * The main phase of one block on ARCHON's PEs, cycle by cycle. A tile is as many output cells as there are PEs, row by row; the products of the
 * block are broadcast once a tile, tap by tap, by output channel and then input channel.
 */
export class BlockCycles {
  /** Of all images so far. */
  readonly counts = new CycleCounts();
  private readonly main: FusedMain;
  private readonly pes: number;
  private readonly broadcast: Broadcast;
  private readonly products: LiveProducts;
  private readonly phase: MainPhase;

  /** @throws ArchonError ARCHON_BAD_OPTION where the hardware makes no sense */
  constructor(main: FusedMain, hardware: MainHardware) {
    this.phase = createMainPhase(hardware, this.counts);
    this.main = main;
    this.pes = hardware.pes;
    this.broadcast = broadcastOf(main, hardware.maskWordBits);
    this.products = new LiveProducts(main, hardware.pes);
  }

  /** Counts the cycles of one image, by the masks it has. */
  run(masks: BlockMasks): void {
    const { products, broadcast, phase, pes } = this;
    const { cells, taps } = this.main.window;
    const { tapStart } = this.main.products;
    for (let cell = 0; cell < cells; cell += pes) {
      for (let tap = 0; tap < taps; tap++) {
        const first = tapStart[tap] ?? 0;
        products.fill(masks, tap, cell);
        phase.tap({ weights: (tapStart[tap + 1] ?? 0) - first, first, ...broadcast, live: products.live });
      }
      phase.endTile();
    }
  }
}
