import type { CycleCounts } from './cycle-counts.js';
import type { MainHardware } from './main-hardware.js';
import { Prefetch } from './prefetch.js';
import type { MainPhase, TapOfTile } from './tile.js';

/**
 * FIFOs between the broadcast and the adders of every PE. In each cycle a PE adds products of the fused weight at the head of its FIFOs, as many as it
 * has adders, and then one group of products is broadcast where all PEs have room for those whose masks are 1. What a cycle brings is added from the
 * next one on. A fused weight takes as many groups as its broadcast and its masks need cycles; its live products spread over them evenly.
 */
export class FifoCoupled implements MainPhase {
  private readonly hardware: MainHardware;
  private readonly counts: CycleCounts;
  private readonly prefetch: Prefetch;
  private readonly room: number;
  /** A ring of fused weights for each PE: products that still wait. */
  private readonly waiting: Int32Array;
  private readonly mask: number;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;
  /** Products in the FIFOs of each PE. */
  private readonly held: Int32Array;

  constructor(hardware: MainHardware, counts: CycleCounts) {
    const { pes, addersPerPe, adderFifoWords } = hardware;
    this.hardware = hardware;
    this.counts = counts;
    this.prefetch = new Prefetch(hardware);
    this.room = addersPerPe * adderFifoWords;
    const ring = 2 ** Math.ceil(Math.log2(this.room + 1));
    this.waiting = new Int32Array(pes * ring);
    this.mask = ring - 1;
    this.head = new Int32Array(pes);
    this.tail = new Int32Array(pes);
    this.held = new Int32Array(pes);
  }

  tap({ weights, products, maskWords, first, live }: TapOfTile): void {
    const { counts, prefetch } = this;
    const { pes, productsPerCycle, maskWordsPerCycle, productBits } = this.hardware;
    for (let weight = 0; weight < weights; weight++) {
      const [broadcast, words] = [products[first + weight]!, maskWords[first + weight]!];
      counts.broadcast(broadcast, words);
      counts.build(live, weight * pes, pes);
      this.wait(prefetch.take(broadcast * productBits));
      const byBroadcast = Math.max(1, Math.ceil(broadcast / productsPerCycle));
      const groups = Math.max(byBroadcast, Math.ceil(words / maskWordsPerCycle));
      counts.stalls.broadcast += byBroadcast - 1;
      counts.stalls.masks += groups - byBroadcast;
      for (let group = 0; group < groups; group++) this.broadcast(live, weight * pes, group, groups);
    }
  }

  /** The next tile has other masks: its first products wait until all sums of this one are complete. */
  endTile(): void {
    while (this.held.some((products) => products > 0)) {
      this.counts.stalls.drain += 1;
      this.cycle();
    }
  }

  private wait(cycles: number): void {
    this.counts.stalls.dram += cycles;
    for (let cycle = 0; cycle < cycles; cycle++) this.work();
  }

  /** Cycles until a group has found room in all PEs, the one in which it is broadcast included. */
  private broadcast(live: Uint16Array, at: number, group: number, groups: number): void {
    this.cycle();
    while (!this.hasRoom(live, at, group, groups)) {
      this.counts.stalls['fifo-full'] += 1;
      this.cycle();
    }
    this.push(live, at, group, groups);
  }

  /** One cycle of the adders, in which products are fetched ahead. */
  private cycle(): void {
    this.work();
    this.prefetch.advance(1);
  }

  /** One cycle of the adders alone: what is fetched while a fused weight waits for its products is part of them. */
  private work(): void {
    const { waiting, head, tail, held, mask } = this;
    const { pes, addersPerPe } = this.hardware;
    for (let pe = 0; pe < pes; pe++) {
      if (held[pe] === 0) continue;
      const at = pe * (mask + 1) + (head[pe]! & mask);
      const products = waiting[at]!;
      const added = products < addersPerPe ? products : addersPerPe;
      waiting[at] = products - added;
      held[pe]! -= added;
      if (products === added && head[pe] !== tail[pe]) head[pe]! += 1;
    }
    this.counts.cycles += 1;
  }

  private hasRoom(live: Uint16Array, at: number, group: number, groups: number): boolean {
    const { held, room } = this;
    for (let pe = 0; pe < held.length; pe++) {
      if (held[pe]! + shareOf(live[at + pe]!, group, groups) > room) return false;
    }
    return true;
  }

  private push(live: Uint16Array, at: number, group: number, groups: number): void {
    const { waiting, tail, held, mask, counts } = this;
    for (let pe = 0; pe < held.length; pe++) {
      const products = shareOf(live[at + pe]!, group, groups);
      if (products === 0) continue;
      const begins = shareBefore(live[at + pe]!, group, groups) === 0;
      const ring = pe * (mask + 1);
      // A fused weight opens an entry, unless the one at the tail is used up.
      if (begins && waiting[ring + (tail[pe]! & mask)]! > 0) tail[pe]! += 1;
      waiting[ring + (tail[pe]! & mask)]! += products;
      held[pe]! += products;
      if (held[pe]! > counts.fifoPeak) counts.fifoPeak = held[pe]!;
    }
  }
}

function shareBefore(live: number, group: number, groups: number): number {
  return Math.floor((live * group) / groups);
}

function shareOf(live: number, group: number, groups: number): number {
  return groups === 1 ? live : shareBefore(live, group + 1, groups) - shareBefore(live, group, groups);
}
