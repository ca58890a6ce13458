import type { DataSpace } from './problem.js';

/** A storage level. Levels are listed outermost (DRAM) first; the MACs sit below the last one. */
export interface Level {
  readonly name: string;
  /** Data spaces kept here; the others bypass the level. */
  readonly keeps: readonly DataSpace[];
  /** Words one instance holds; absent means unlimited. */
  readonly sizeWords?: number;
  /** Words of a data space that share the room of one word, in storage and in an access; 1 unless given. Words narrower than the level's. */
  readonly packing?: Readonly<Partial<Record<DataSpace, number>>>;
  /** Two tiles of each data space have room, one at work while the other comes or goes: a tile takes twice its words of the size. */
  readonly doubleBuffered?: boolean;
  /**
   * Levels with the same room are one buffer in hardware: they share its size and bandwidths, which each of them states. They stand next
   * to each other, keep different data spaces and only the innermost is spread, so that each data space has loops of its own around it.
   */
  readonly room?: string;
  /** Words moved by one (vector) access, >= 1. */
  readonly blockSize: number;
  /** Words per cycle and instance; absent means unlimited. */
  readonly readBandwidth?: number;
  readonly writeBandwidth?: number;
  /** Energy of one vector access, pJ, for reads, updates and fills alike. */
  readonly accessEnergyPj: number;
  /** Largest product of the X (Y) spatial bounds at this level; 1 where the level feeds a single instance. */
  readonly meshX: number;
  readonly meshY: number;
  /** What the level hands out passes from neighbour to neighbour along its meshes, a cycle a hop; it matters for start-up only. */
  readonly systolic?: boolean;
}

export interface Architecture {
  readonly levels: readonly Level[];
  /** MACs in hardware, for utilisation. */
  readonly macs: number;
  readonly macEnergyPj: number;
  /** Energy that the hardware takes each cycle, busy or not, pJ. */
  readonly leakagePjPerCycle?: number;
  /** Complete outputs that share the room of one word at the outermost level, where partial sums are wider; 1 unless given. */
  readonly completePacking?: number;
}

/** Words of a data space that share the room of one word of a level. */
export function packingOf({ packing }: Level, space: DataSpace): number {
  return packing?.[space] ?? 1;
}
