import { packingOf, type Architecture, type Level } from './architecture.js';
import { OUTPUTS, SPACES } from './places.js';
import { boundOf, DATA_SPACES, DIMS, type Problem } from './problem.js';

/**
 * Cycles and energy as a function of the words every level is filled with. Both never fall when a fill or a spread rises (each
 * is a sum, maximum or ceiling of products with factors >= 0, and rounding keeps that order), so lower bounds of the fills give lower
 * bounds of cycles and energy, bit for bit.
 *
 * Tables are indexed `level * 3 + data space`. Counts are exact below 2^53.
 */
export class FillCost {
  /** Words brought into one instance during the run; 0 at the outermost level. */
  readonly fills: Float64Array;
  /** Different tiles the spatial loops of a level hand out. */
  readonly spread: Float64Array;
  /** Different tiles a level hands to the next one that keeps the data space. */
  private readonly distributed: Float64Array;
  /** Instances of each level in use. */
  readonly instances: Float64Array;
  computeCycles = 1;

  /** Result of `price`: cycles with bandwidth throttling, energy of all levels and MACs. */
  cycles = 0;
  energyPj = 0;
  /** Words read from and added to one instance, and its vector accesses, fills included. */
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly vectors: Float64Array;

  /** 1 where a level keeps a data space and something fills it, so not at the outermost level. */
  readonly keeps: Uint8Array;
  /** 1 where that holds for any data space, by level. */
  readonly keepsAny: Uint8Array;
  /** Levels that keep each data space, outermost first, closed by the level count (the MACs); `levelCount + 1` entries each. */
  private readonly keepers: Int32Array;
  private readonly macEnergyPj: number;
  private readonly outputWords: number;
  private readonly levelCount: number;
  /** Words of each data space in one access of a level. */
  private readonly block: Float64Array;
  /** Words of each data space in the room of one, and 1 for the levels where it is more than one for any. */
  private readonly packing: Float64Array;
  private readonly packs: Uint8Array;
  private readonly completePacking: number;
  private readonly accessPj: Float64Array;
  private readonly readBandwidth: Float64Array;
  private readonly writeBandwidth: Float64Array;

  /** @throws RangeError when the outermost level does not keep every data space */
  constructor(problem: Problem, architecture: Architecture) {
    const { levels } = architecture;
    const missing = DATA_SPACES.find((space) => levels[0]?.keeps.includes(space) !== true);
    if (missing !== undefined) {
      throw new RangeError(`the outermost level must keep every data space; ${missing} is missing`);
    }
    const tiles = levels.length * SPACES;
    this.levelCount = levels.length;
    this.fills = new Float64Array(tiles);
    this.spread = new Float64Array(tiles);
    this.distributed = new Float64Array(tiles);
    this.reads = new Float64Array(tiles);
    this.updates = new Float64Array(tiles);
    this.vectors = new Float64Array(tiles);
    this.instances = new Float64Array(levels.length);
    this.packing = Float64Array.from(levels.flatMap((level) => DATA_SPACES.map((space) => packingOf(level, space))));
    this.packs = Uint8Array.from(levels, (level) => Number(level.packing !== undefined));
    this.block = this.packing.map((packing, t) => packing * levels[Math.floor(t / SPACES)]!.blockSize);
    this.completePacking = architecture.completePacking ?? 1;
    this.accessPj = Float64Array.from(levels, (level) => level.accessEnergyPj);
    this.readBandwidth = Float64Array.from(levels, (level) => level.readBandwidth ?? Infinity);
    this.writeBandwidth = Float64Array.from(levels, (level) => level.writeBandwidth ?? Infinity);
    this.keeps = Uint8Array.from(
      levels.flatMap(({ keeps }, l) => DATA_SPACES.map((space) => Number(l > 0 && keeps.includes(space)))),
    );
    this.keepsAny = Uint8Array.from(levels, ({ keeps }, l) => Number(l > 0 && keeps.length > 0));
    this.keepers = keepersOf(levels);
    this.macEnergyPj = DIMS.reduce((macs, dim) => macs * boundOf(problem, dim), 1) * architecture.macEnergyPj;
    this.outputWords = boundOf(problem, 'G') * problem.N * problem.M * problem.P * problem.Q;
  }

  /** Different tiles from every level that keeps a data space to the next one, once the spreads are known. */
  distribute(): void {
    const { keepers, levelCount, spread, distributed } = this;
    for (let space = 0; space < SPACES; space++) {
      let k = space * (levelCount + 1);
      let level = keepers[k]!;
      while (level < levelCount) {
        const inner = keepers[++k]!;
        let tiles = 1;
        for (let at = level * SPACES + space; at < inner * SPACES; at += SPACES) tiles *= spread[at]!;
        distributed[level * SPACES + space] = tiles;
        level = inner;
      }
    }
  }

  /** Accesses, cycles and energy of the current fills and distributed tiles. */
  price(): void {
    let energyPj = this.macEnergyPj;
    for (let space = 0; space < SPACES; space++) energyPj = this.addDataSpace(space, energyPj);
    this.energyPj = energyPj;
    let cycles = this.computeCycles;
    for (let l = 0; l < this.levelCount; l++) cycles = Math.max(cycles, this.cyclesOf(l));
    this.cycles = cycles;
  }

  /**
   * Walks the levels that keep a data space, outside in: what fills the inner one is read from, or for Outputs added to, the outer.
   * Returns the energy with theirs added.
   */
  private addDataSpace(space: number, energyPj: number): number {
    const { keepers, levelCount, distributed, fills, reads, updates, vectors } = this;
    let partition = this.outputWords;
    let total = energyPj;
    let k = space * (levelCount + 1);
    let level = keepers[k]!;
    while (level < levelCount) {
      const inner = keepers[++k]!;
      const t = level * SPACES + space;
      const distinct = distributed[t]!;
      const traffic = distinct * (inner < levelCount ? fills[inner * SPACES + space]! : this.computeCycles);
      let accesses = traffic + fills[t]!;
      if (space === OUTPUTS) {
        updates[t] = traffic;
        reads[t] = traffic - partition;
        accesses += traffic - partition;
        if (level === 0) accesses += partition / this.completePacking - partition;
        partition /= distinct;
      } else {
        reads[t] = traffic;
      }
      const count = Math.ceil(accesses / this.block[t]!);
      vectors[t] = count;
      total += count * this.accessPj[level]! * this.instances[level]!;
      level = inner;
    }
    return total;
  }

  /** Cycles a level needs by its own bandwidth. */
  cyclesOf(level: number): number {
    const t = level * SPACES;
    const { reads, updates, fills } = this;
    if (this.packs[level] === 1) return this.packedCyclesOf(level);
    const read = reads[t]! + reads[t + 1]! + reads[t + 2]!;
    const written = updates[t + OUTPUTS]! + fills[t]! + fills[t + 1]! + fills[t + 2]!;
    return this.throttled(level, read, written);
  }

  /** The same where words share the room of one: they pass together. */
  private packedCyclesOf(level: number): number {
    const { reads, updates, fills, packing } = this;
    let [read, written] = [0, 0];
    for (let t = level * SPACES; t < (level + 1) * SPACES; t++) {
      read += reads[t]! / packing[t]!;
      written += (updates[t]! + fills[t]!) / packing[t]!;
    }
    return this.throttled(level, read, written);
  }

  private throttled(level: number, read: number, written: number): number {
    let own = this.computeCycles;
    if (read > own * this.readBandwidth[level]!) own = Math.ceil(read / this.readBandwidth[level]!);
    if (written > own * this.writeBandwidth[level]!) own = Math.ceil(written / this.writeBandwidth[level]!);
    return own;
  }
}

function keepersOf(levels: readonly Level[]): Int32Array {
  const keepers = new Int32Array(SPACES * (levels.length + 1)).fill(levels.length);
  DATA_SPACES.forEach((space, s) => {
    let k = s * (levels.length + 1);
    levels.forEach((level, l) => {
      if (level.keeps.includes(space)) keepers[k++] = l;
    });
  });
  return keepers;
}
