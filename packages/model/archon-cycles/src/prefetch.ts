import type { MainHardware } from './main-hardware.js';

/** Products on their way from DRAM: fetched ahead as far as there is room, and waited for where they are late. */
export class Prefetch {
  private readonly rate: number;
  private readonly room: number;
  private ready: number;

  constructor({ dramBitsPerCycle, prefetchBits }: Pick<MainHardware, 'dramBitsPerCycle' | 'prefetchBits'>) {
    this.rate = dramBitsPerCycle;
    this.room = prefetchBits;
    this.ready = prefetchBits;
  }

  /** Whole cycles until so many bits are there, which are then taken. */
  take(bits: number): number {
    if (this.rate === Infinity) return 0;
    const wait = bits <= this.ready ? 0 : Math.ceil((bits - this.ready) / this.rate);
    this.ready += wait * this.rate - bits;
    return wait;
  }

  /** Fetches for so many cycles. */
  advance(cycles: number): void {
    if (this.rate !== Infinity) this.ready = Math.min(this.room, this.ready + cycles * this.rate);
  }
}
