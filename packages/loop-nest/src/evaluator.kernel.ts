import type { Architecture } from './architecture.js';
import { INPUTS, Nest, OUTPUTS, SPACES } from './nest.kernel.js';
import type { PackedMapping } from './pack.js';
import { DATA_SPACES, DIMS, type Problem } from './problem.js';
import { windowFills } from './window.kernel.js';

/**
 * Evaluates mappings of one problem on one architecture, without allocating. Tables are indexed `level * 3 + data space` (places
 * in Architecture.levels and DATA_SPACES), hold words of one instance, and are overwritten by the next mapping.
 *
 * Mappings are trusted: check them with `checkMapping` where they come from outside. Counts are exact below 2^53.
 *
 * @source access-count rules of Timeloop as inferred from its published outputs; see the README
 */
export class Evaluator {
  /** Words of each kept tile, 0 where bypassed (after `load`). */
  readonly tileWords: Float64Array;
  /** Instances the mapping uses of each level, and of the MACs in a last entry (after `load`). */
  readonly instances: Float64Array;

  /** Cycles with bandwidth throttling (after `measure`). */
  cycles = 0;
  /** Energy of all levels and MACs (after `measure`). */
  energyPj = 0;
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly fills: Float64Array;
  /** Vector accesses of one instance. */
  readonly vectors: Float64Array;
  /** Cycles each level needs by its own bandwidth. */
  readonly levelCycles: Float64Array;

  private readonly nest: Nest;
  private readonly hasWindow: boolean;
  private readonly levelCount: number;
  private readonly macEnergyPj: number;
  private readonly block: Float64Array;
  private readonly accessPj: Float64Array;
  private readonly sizeWords: Float64Array;
  private readonly readBandwidth: Float64Array;
  private readonly writeBandwidth: Float64Array;
  /** Levels that keep each data space, outermost first, closed by the MACs; `levelCount + 1` entries each. */
  private readonly keepers: Int32Array;

  /** @throws RangeError when the outermost level does not keep every data space */
  constructor(problem: Problem, architecture: Architecture) {
    const { levels } = architecture;
    const missing = DATA_SPACES.find((space) => levels[0]?.keeps.includes(space) !== true);
    if (missing !== undefined) {
      throw new RangeError(`the outermost level must keep every data space; ${missing} is missing`);
    }
    this.nest = new Nest(problem, architecture);
    this.tileWords = this.nest.tileWords;
    this.instances = this.nest.instances;
    const tiles = levels.length * SPACES;
    this.reads = new Float64Array(tiles);
    this.updates = new Float64Array(tiles);
    this.fills = new Float64Array(tiles);
    this.vectors = new Float64Array(tiles);
    this.levelCycles = new Float64Array(levels.length);
    this.levelCount = levels.length;
    this.hasWindow = problem.R > 1 || problem.S > 1;
    this.macEnergyPj = DIMS.reduce((macs, dim) => macs * problem[dim], 1) * architecture.macEnergyPj;
    this.block = Float64Array.from(levels, (level) => level.blockSize);
    this.accessPj = Float64Array.from(levels, (level) => level.accessEnergyPj);
    this.sizeWords = Float64Array.from(levels, (level) => level.sizeWords ?? Infinity);
    this.readBandwidth = Float64Array.from(levels, (level) => level.readBandwidth ?? Infinity);
    this.writeBandwidth = Float64Array.from(levels, (level) => level.writeBandwidth ?? Infinity);
    this.keepers = keepersOf(architecture);
  }

  /** Product of the temporal bounds (after `load`). */
  get computeCycles(): number {
    return this.nest.computeCycles;
  }

  /** Evaluates a packed mapping of `count` loops: `load`, then `measure`. */
  evaluate(packed: PackedMapping, count = packed.length >> 1): void {
    this.nest.load(packed, count);
    this.measure();
  }

  /** Reads a mapping: tiles, instances and compute cycles. A third of the work, enough to drop mappings before `measure`. */
  load(packed: PackedMapping, count = packed.length >> 1): void {
    this.nest.load(packed, count);
  }

  /** Whether every level holds its tiles (after `load`). */
  fits(): boolean {
    for (let l = 0; l < this.levelCount; l++) {
      const t = l * SPACES;
      if (this.tileWords[t]! + this.tileWords[t + 1]! + this.tileWords[t + 2]! > this.sizeWords[l]!) return false;
    }
    return true;
  }

  /** Access counts, cycles and energy of the loaded mapping. */
  measure(): void {
    this.energyPj = this.macEnergyPj;
    for (let space = 0; space < SPACES; space++) {
      this.countAccesses(space);
      this.chargeEnergy(space);
    }
    this.cycles = this.nest.computeCycles;
    for (let l = 0; l < this.levelCount; l++) this.throttle(l);
  }

  /** Walks the levels that keep a data space, outside in: what fills the inner one is read from, or for Outputs added to, the outer. */
  private countAccesses(space: number): void {
    const { keepers, levelCount, nest } = this;
    const { spread, computeCycles } = nest;
    let k = space * (levelCount + 1);
    let level = keepers[k]!;
    let partition = this.tileWords[space]!;
    while (level < levelCount) {
      const inner = keepers[++k]!;
      let words = computeCycles;
      if (inner < levelCount) {
        words = this.countFills(inner, space);
        this.fills[inner * SPACES + space] = words;
      }
      let distinct = 1;
      for (let l = level; l < inner; l++) distinct *= spread[l * SPACES + space]!;
      const t = level * SPACES + space;
      if (space === OUTPUTS) {
        this.updates[t] = words * distinct;
        this.reads[t] = words * distinct - partition;
        partition /= distinct;
      } else {
        this.reads[t] = words * distinct;
      }
      level = inner;
    }
  }

  /** Words brought into one tile: the whole tile each time it changes, unless windows overlap. */
  private countFills(level: number, space: number): number {
    const { nest } = this;
    if (space === INPUTS && this.hasWindow) return windowFills(nest, level);
    const tile = this.tileWords[level * SPACES + space]!;
    const relevant = nest.relevant[space]!;
    for (let k = nest.loopsWithin[level]!; k < nest.loopCount; k++) {
      if (((relevant >> nest.dim[k]!) & 1) === 1) return (tile * nest.computeCycles) / nest.inside[k]!;
    }
    return tile;
  }

  private chargeEnergy(space: number): void {
    const { keepers, levelCount } = this;
    for (let k = space * (levelCount + 1); keepers[k]! < levelCount; k++) {
      const level = keepers[k]!;
      const t = level * SPACES + space;
      const vectors = Math.ceil((this.reads[t]! + this.updates[t]! + this.fills[t]!) / this.block[level]!);
      this.vectors[t] = vectors;
      this.energyPj += vectors * this.accessPj[level]! * this.instances[level]!;
    }
  }

  /** Stretches the run to the slowest level. The ceilings equal dividing the cycles by the share of the bandwidth wanted. */
  private throttle(level: number): void {
    const t = level * SPACES;
    const { reads, updates, fills } = this;
    const read = reads[t]! + reads[t + 1]! + reads[t + 2]!;
    const written = updates[t + OUTPUTS]! + fills[t]! + fills[t + 1]! + fills[t + 2]!;
    let own = this.nest.computeCycles;
    if (read > own * this.readBandwidth[level]!) own = Math.ceil(read / this.readBandwidth[level]!);
    if (written > own * this.writeBandwidth[level]!) own = Math.ceil(written / this.writeBandwidth[level]!);
    this.levelCycles[level] = own;
    if (own > this.cycles) this.cycles = own;
  }
}

function keepersOf({ levels }: Architecture): Int32Array {
  const keepers = new Int32Array(SPACES * (levels.length + 1)).fill(levels.length);
  DATA_SPACES.forEach((space, s) => {
    let k = s * (levels.length + 1);
    levels.forEach((level, l) => {
      if (level.keeps.includes(space)) keepers[k++] = l;
    });
  });
  return keepers;
}
