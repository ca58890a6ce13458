import { packingOf, type Architecture, type Level } from './architecture.js';
import { INPUTS, OUTPUTS, SPACES, WEIGHTS } from './places.js';
import type { ModelOptions } from './model-options.js';
import { boundOf, DATA_SPACES, DIMS, type Problem } from './problem.js';
import { roomsOf } from './rooms.js';

/**
 * What an architecture makes of accesses: cycles by its bandwidths, energy by its prices. Neither ever falls when a count rises (each is a
 * sum, maximum or ceiling of products with factors >= 0, and rounding keeps that order), so lower bounds of the counts give lower
 * bounds of cycles and energy, bit for bit.
 *
 * Tables are indexed `level * 3 + data space`. Counts are exact below 2^53.
 */
export abstract class Pricing {
  /** Instances of each level in use. */
  readonly instances: Float64Array;
  computeCycles = 1;
  /** Cycles from hop to hop along systolic meshes until all instances are at work. */
  skewCycles = 0;

  /** Result: cycles with bandwidth throttling, energy of all levels, MACs and leakage. */
  cycles = 0;
  energyPj = 0;
  /** Words brought into the instance with most to do, read from it and added to it; its vector accesses, fills included. */
  readonly fills: Float64Array;
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly vectors: Float64Array;
  /** Where start-up counts: words of a tile, and those that the next level outward reads or adds for the first tiles of one of its instances. */
  readonly tiles: Float64Array;
  readonly handed: Float64Array;

  /** 1 where a level keeps a data space and something fills it, so not at the outermost level. */
  readonly keeps: Uint8Array;
  /** 1 where that holds for any data space, by level. */
  readonly keepsAny: Uint8Array;
  readonly startsUp: boolean;
  /** Levels that keep each data space, outermost first, closed by the level count (the MACs); `levelCount + 1` entries each. */
  protected readonly keepers: Int32Array;
  protected readonly levelCount: number;
  protected readonly macsPj: number;
  protected readonly accessPj: Float64Array;
  /** Words of each data space in one access of a level. */
  protected readonly block: Float64Array;
  protected readonly completePacking: number;
  /** The level further out that keeps a data space too. */
  readonly parent: Int32Array;
  /** Words of each data space in the room of one. */
  private readonly packing: Float64Array;
  /** 1 for levels whose words do not simply add up: packed ones, and those of a room; the first and the last level of the room. */
  private readonly shares: Uint8Array;
  private readonly roomFirst: Int32Array;
  private readonly roomLast: Int32Array;
  private readonly readBandwidth: Float64Array;
  private readonly writeBandwidth: Float64Array;
  private readonly leakagePj: number;

  /** @throws RangeError when the outermost level does not keep every data space, or levels cannot be one room */
  constructor(problem: Problem, architecture: Architecture, { startUp = false }: ModelOptions) {
    const { levels } = architecture;
    const missing = DATA_SPACES.find((space) => levels[0]?.keeps.includes(space) !== true);
    if (missing !== undefined) {
      throw new RangeError(`the outermost level must keep every data space; ${missing} is missing`);
    }
    const tiles = levels.length * SPACES;
    this.levelCount = levels.length;
    this.startsUp = startUp;
    this.fills = new Float64Array(tiles);
    this.reads = new Float64Array(tiles);
    this.updates = new Float64Array(tiles);
    this.vectors = new Float64Array(tiles);
    this.tiles = new Float64Array(tiles);
    this.handed = new Float64Array(tiles);
    this.instances = new Float64Array(levels.length);
    this.packing = Float64Array.from(levels.flatMap((level) => DATA_SPACES.map((space) => packingOf(level, space))));
    const rooms = roomsOf(levels);
    this.roomFirst = Int32Array.from(levels, (_, l) => rooms.indexOf(rooms[l]!));
    this.roomLast = Int32Array.from(levels, (_, l) => rooms.lastIndexOf(rooms[l]!));
    this.shares = Uint8Array.from(levels, ({ packing, room }) => Number(packing !== undefined || room !== undefined));
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
    this.parent = Int32Array.from(this.keeps, (_, t) => outerKeeper(levels, t));
    this.macsPj = DIMS.reduce((macs, dim) => macs * boundOf(problem, dim), 1) * architecture.macEnergyPj;
    this.leakagePj = architecture.leakagePjPerCycle ?? 0;
  }

  /** The innermost level that keeps a data space: the MACs read from it. */
  innermost(space: number): number {
    let k = space * (this.levelCount + 1);
    while (this.keepers[k + 1]! < this.levelCount) k++;
    return this.keepers[k]!;
  }

  /** Accesses over all instances of a level, by the place in the tables. */
  abstract totalReads(t: number): number;
  abstract totalUpdates(t: number): number;
  abstract totalFills(t: number): number;
  abstract totalVectors(t: number): number;

  /** Cycles a level needs by its own bandwidth, or that of its room. */
  cyclesOf(level: number): number {
    if (this.shares[level] === 1) return this.sharedCyclesOf(level);
    const t = level * SPACES;
    const { reads, updates, fills } = this;
    const read = reads[t]! + reads[t + 1]! + reads[t + 2]!;
    const written = updates[t + OUTPUTS]! + fills[t]! + fills[t + 1]! + fills[t + 2]!;
    return this.throttled(level, read, written);
  }

  /** Cycles and energy, once the counts are there and the MACs and accesses cost `energyPj`. */
  protected finish(energyPj: number): void {
    let cycles = this.computeCycles;
    if (this.startsUp) cycles = this.cyclesWithStartUp();
    else for (let l = 0; l < this.levelCount; l++) cycles = Math.max(cycles, this.cyclesOf(l));
    this.cycles = cycles;
    this.energyPj = this.leakagePj === 0 ? energyPj : energyPj + this.leakagePj * cycles;
  }

  /**
   * A level is busy from when the first tiles have come to the level outside it, until the last ones have to go on from there; the MACs, until they
   * have to go the whole way.
   */
  private cyclesWithStartUp(): number {
    let cycles = 0;
    let hops = 0;
    for (let l = 0; l < this.levelCount; l++) {
      if (this.roomFirst[l] === l) cycles = Math.max(cycles, this.cyclesOf(l) + hops);
      hops += this.hopCycles(l);
    }
    return Math.max(cycles, this.computeCycles + hops) + this.skewCycles;
  }

  /** Cycles in which a level gets its first tiles and gives away its last one of Outputs, by the narrower of both sides. */
  private hopCycles(level: number): number {
    const t = level * SPACES;
    const { keeps, tiles, packing, writeBandwidth, readBandwidth } = this;
    const written = keptShare(keeps[t]!, tiles[t]!, packing[t]!);
    const alsoWritten = keptShare(keeps[t + INPUTS]!, tiles[t + INPUTS]!, packing[t + INPUTS]!);
    let down = Math.ceil((written + alsoWritten) / writeBandwidth[level]!);
    const weights = this.handedShare(t + WEIGHTS);
    const inputs = this.handedShare(t + INPUTS);
    const [from, alsoFrom] = [this.parent[t]!, this.parent[t + INPUTS]!];
    if (from === alsoFrom) down = Math.max(down, Math.ceil((weights + inputs) / readBandwidth[from]!));
    else down = Math.max(down, Math.ceil(weights / readBandwidth[from]!), Math.ceil(inputs / readBandwidth[alsoFrom]!));
    if (keeps[t + OUTPUTS] === 0) return down;
    const given = tiles[t + OUTPUTS]! / packing[t + OUTPUTS]! / readBandwidth[level]!;
    const taken = this.handedShare(t + OUTPUTS) / writeBandwidth[this.parent[t + OUTPUTS]!]!;
    return down + Math.ceil(Math.max(given, taken));
  }

  /** Words that the level outward hands to the instances of a level for the first tiles, by the room they take there. */
  private handedShare(t: number): number {
    if (this.keeps[t] === 0) return 0;
    return this.handed[t]! / this.packing[this.parent[t]! * SPACES + (t % SPACES)]!;
  }

  /** The same as `cyclesOf` where words share the room of one, or levels a room: they pass together. */
  private sharedCyclesOf(level: number): number {
    const { reads, updates, fills, packing } = this;
    let [read, written] = [0, 0];
    const end = (this.roomLast[level]! + 1) * SPACES;
    for (let t = this.roomFirst[level]! * SPACES; t < end; t++) {
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

function keptShare(keeps: number, words: number, packing: number): number {
  return keeps === 1 ? words / packing : 0;
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

/** The level outside that of a place in the tables that keeps its data space too; the outermost one where there is none. */
function outerKeeper(levels: readonly Level[], place: number): number {
  const space = DATA_SPACES[place % SPACES]!;
  const outside = levels.slice(0, Math.floor(place / SPACES)).map(({ keeps }) => keeps.includes(space));
  return Math.max(0, outside.lastIndexOf(true));
}
