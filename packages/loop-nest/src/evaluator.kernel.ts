import type { Architecture } from './architecture.js';
import type { PackedMapping } from './pack.js';
import { DATA_SPACES, type Problem } from './problem.js';
import { distinctOffsets } from './offsets.js';
import { WindowFills } from './window.kernel.js';

/** Places in DIMS. */
const [C, M, R, S, P, Q, N] = [0, 1, 2, 3, 4, 5, 6] as const;
/** Places in DATA_SPACES. */
const [INPUTS, OUTPUTS] = [1, 2] as const;
const SPACES = 3;
const MAX_LOOPS = 128;

/** How an index of Inputs depends on a dimension. */
const [UNUSED, CHANNEL, ROW, COLUMN] = [0, 1, 2, 3] as const;

/**
 * Evaluates mappings of one problem on one architecture, without allocating. All tables are indexed `level * 3 + data space`
 * (places in Architecture.levels and DATA_SPACES), hold words of one instance, and are overwritten by the next mapping.
 *
 * Mappings are trusted: check them once with `checkMapping` where they come from outside. Counts are exact below 2^53.
 *
 * @source access-count rules of Timeloop as inferred from its published outputs; see the README
 */
export class Evaluator {
  /** Product of the temporal bounds (after `load`). */
  computeCycles = 0;
  /** Words of each kept tile, 0 where bypassed (after `load`). */
  readonly tileWords: Float64Array;
  /** Instances of each level the mapping uses (after `load`); one entry a level and a last one for the MACs. */
  readonly instances: Float64Array;

  /** Cycles with bandwidth throttling (after `measure`). */
  cycles = 0;
  /** Energy of all levels and MACs (after `measure`). */
  energyPj = 0;
  readonly reads: Float64Array;
  readonly updates: Float64Array;
  readonly fills: Float64Array;
  /** Cycles each level needs by its own bandwidth. */
  readonly levelCycles: Float64Array;

  private readonly levelCount: number;
  private readonly macEnergyPj: number;
  private readonly block: Float64Array;
  private readonly accessPj: Float64Array;
  private readonly sizeWords: Float64Array;
  private readonly readBandwidth: Float64Array;
  private readonly writeBandwidth: Float64Array;
  /** Levels that keep each data space, outermost first, `levelCount + 1` entries each, closed by the MACs. */
  private readonly keepers: Int32Array;
  /** Bit mask of the dimensions each data space is indexed by. */
  private readonly relevant: Int32Array;
  /** Per dimension: which index of Inputs it moves, and by how much. */
  private readonly inputIndex = new Uint8Array(7);
  private readonly coefficient = new Int32Array(7);
  private readonly channel: number;
  private readonly hasWindow: boolean;
  /** 1 where a level keeps a data space. */
  private readonly keeps: Uint8Array;

  /** Product of the bounds of each dimension inside the point `load` has reached. */
  private readonly extent = new Float64Array(7);
  /** Rows and columns each level's Inputs tile spans. */
  private readonly height: Float64Array;
  private readonly width: Float64Array;
  /** Temporal loops, innermost first: bound, dimension, words moved, product of the bounds inside. */
  private readonly bound = new Float64Array(MAX_LOOPS);
  private readonly dim = new Uint8Array(MAX_LOOPS);
  private readonly step = new Float64Array(MAX_LOOPS);
  private readonly inside = new Float64Array(MAX_LOOPS);
  private loopCount = 0;
  /** How many of them are at each level or inside it. */
  private readonly loopsWithin: Int32Array;
  /** Product of the spatial bounds of each level, and how many different tiles of each data space they make. */
  private readonly fanout: Float64Array;
  private readonly spread: Float64Array;
  /** Spatial bounds of the level `load` is at, and the extents inside them. */
  private readonly spatial = new Float64Array(7);
  private readonly spatialUnit = new Float64Array(7);
  private readonly window = new WindowFills();

  /** @throws RangeError when the outermost level does not keep every data space */
  constructor(problem: Problem, architecture: Architecture) {
    const { levels } = architecture;
    const count = levels.length;
    const missing = DATA_SPACES.find((space) => levels[0]?.keeps.includes(space) !== true);
    if (missing !== undefined)
      throw new RangeError(`the outermost level must keep every data space; ${missing} is missing`);
    const perLevel = (): Float64Array => new Float64Array(count + 1);
    const perTile = (): Float64Array => new Float64Array(count * SPACES);
    this.levelCount = count;
    this.tileWords = perTile();
    this.reads = perTile();
    this.updates = perTile();
    this.fills = perTile();
    this.spread = perTile();
    this.instances = perLevel();
    this.levelCycles = perLevel();
    this.height = perLevel();
    this.width = perLevel();
    this.fanout = perLevel();
    this.loopsWithin = new Int32Array(count);
    this.block = Float64Array.from(levels, (level) => level.blockSize);
    this.accessPj = Float64Array.from(levels, (level) => level.accessEnergyPj);
    this.sizeWords = Float64Array.from(levels, (level) => level.sizeWords ?? Infinity);
    this.readBandwidth = Float64Array.from(levels, (level) => level.readBandwidth ?? Infinity);
    this.writeBandwidth = Float64Array.from(levels, (level) => level.writeBandwidth ?? Infinity);
    this.macEnergyPj =
      problem.C * problem.M * problem.R * problem.S * problem.P * problem.Q * problem.N * architecture.macEnergyPj;
    this.keepers = keepersOf(architecture);
    this.keeps = Uint8Array.from(
      levels.flatMap((level) => DATA_SPACES.map((space) => Number(level.keeps.includes(space)))),
    );
    const channel = problem.depthwise === true ? M : C;
    this.channel = channel;
    this.relevant = Int32Array.of(maskOf(C, M, R, S), maskOf(N, channel, P, Q, R, S), maskOf(N, M, P, Q));
    this.inputIndex.set([UNUSED, UNUSED, ROW, COLUMN, ROW, COLUMN, CHANNEL]);
    this.inputIndex[channel] = CHANNEL;
    this.coefficient.set([1, 1, problem.dilationR ?? 1, problem.dilationS ?? 1, problem.strideP, problem.strideQ, 1]);
    this.hasWindow = problem.R > 1 || problem.S > 1;
  }

  /** Evaluates a packed mapping of `count` loops: `load` and `measure`. */
  evaluate(packed: PackedMapping, count = packed.length >> 1): void {
    this.load(packed, count);
    this.measure();
  }

  /** Reads a mapping: tiles, instances and compute cycles. Cheap enough to reject mappings with `fits` before `measure`. */
  load(packed: PackedMapping, count = packed.length >> 1): void {
    this.loopCount = 0;
    this.computeCycles = 1;
    this.extent.fill(1);
    let level = this.levelCount - 1;
    this.openLevel(level);
    for (let i = 2 * count - 2; i >= 0; i -= 2) {
      const code = packed[i]!;
      const bound = packed[i + 1]!;
      if (bound === 1) continue;
      while (level > code >> 5) {
        this.closeLevel(level--);
        this.openLevel(level);
      }
      const dim = (code >> 2) & 7;
      if ((code & 3) === 0) this.addTemporal(dim, bound);
      else this.addSpatial(level, dim, bound);
      this.extent[dim]! *= bound;
    }
    for (; level > 0; level--) {
      this.closeLevel(level);
      this.openLevel(level - 1);
    }
    this.closeLevel(0);
    let instances = 1;
    for (let l = 0; l < this.levelCount; l++) {
      this.instances[l] = instances;
      instances *= this.fanout[l]!;
    }
    this.instances[this.levelCount] = instances;
  }

  /** Whether every level holds its tiles. */
  fits(): boolean {
    for (let l = 0; l < this.levelCount; l++) {
      const t = l * SPACES;
      if (this.tileWords[t]! + this.tileWords[t + 1]! + this.tileWords[t + 2]! > this.sizeWords[l]!) return false;
    }
    return true;
  }

  /** Access counts, cycles and energy of the loaded mapping. */
  measure(): void {
    for (let space = 0; space < SPACES; space++) this.countAccesses(space);
    let cycles = this.computeCycles;
    let energyPj = this.macEnergyPj;
    for (let l = 0; l < this.levelCount; l++) {
      const t = l * SPACES;
      const writes = this.writesAt(t) + this.writesAt(t + 1) + this.writesAt(t + 2);
      const reads = this.reads[t]! + this.reads[t + 1]! + this.reads[t + 2]!;
      const own = Math.max(
        this.computeCycles,
        Math.ceil(reads / this.readBandwidth[l]!),
        Math.ceil(writes / this.writeBandwidth[l]!),
      );
      this.levelCycles[l] = own;
      if (own > cycles) cycles = own;
      const vectors = this.vectors(l, 0) + this.vectors(l, 1) + this.vectors(l, 2);
      energyPj += vectors * this.accessPj[l]! * this.instances[l]!;
    }
    this.cycles = cycles;
    this.energyPj = energyPj;
  }

  /** Vector accesses of one data space at one instance of a level. */
  vectors(level: number, space: number): number {
    const t = level * SPACES + space;
    return Math.ceil((this.reads[t]! + this.writesAt(t)) / this.block[level]!);
  }

  private writesAt(t: number): number {
    return this.updates[t]! + this.fills[t]!;
  }

  private openLevel(level: number): void {
    this.fanout[level] = 1;
    this.spatial.fill(1);
  }

  private addTemporal(dim: number, bound: number): void {
    const k = this.loopCount++;
    this.bound[k] = bound;
    this.dim[k] = dim;
    this.step[k] = this.extent[dim]! * this.coefficient[dim]!;
    this.inside[k] = this.computeCycles;
    this.computeCycles *= bound;
  }

  private addSpatial(level: number, dim: number, bound: number): void {
    this.fanout[level]! *= bound;
    if (this.spatial[dim] === 1) this.spatialUnit[dim] = this.extent[dim]! * this.coefficient[dim]!;
    this.spatial[dim]! *= bound;
  }

  private closeLevel(level: number): void {
    const { extent: e, coefficient: k, tileWords, keeps } = this;
    const t = level * SPACES;
    this.loopsWithin[level] = this.loopCount;
    if (this.fanout[level] === 1) this.spread.fill(1, t, t + SPACES);
    else this.countSpread(t);
    if (keeps[t] === 1) tileWords[t] = e[C]! * e[M]! * e[R]! * e[S]!;
    if (keeps[t + OUTPUTS] === 1) tileWords[t + OUTPUTS] = e[N]! * e[M]! * e[P]! * e[Q]!;
    if (keeps[t + INPUTS] === 1) {
      const height = (e[P]! - 1) * k[P]! + (e[R]! - 1) * k[R]! + 1;
      const width = (e[Q]! - 1) * k[Q]! + (e[S]! - 1) * k[S]! + 1;
      this.height[level] = height;
      this.width[level] = width;
      tileWords[t + INPUTS] = e[N]! * e[this.channel]! * height * width;
    }
  }

  /** Different tiles the spatial loops of a level make. Those of Inputs that coincide along P with R, or Q with S, count once. */
  private countSpread(t: number): void {
    const { spatial: s, spatialUnit: u, spread } = this;
    spread[t] = s[C]! * s[M]! * s[R]! * s[S]!;
    spread[t + OUTPUTS] = s[N]! * s[M]! * s[P]! * s[Q]!;
    spread[t + INPUTS] =
      s[N]! *
      s[this.channel]! *
      distinctOffsets(s[P]!, u[P]!, s[R]!, u[R]!) *
      distinctOffsets(s[Q]!, u[Q]!, s[S]!, u[S]!);
  }

  /** Walks the levels that keep a data space outside in: what the inner one is filled with, the outer one reads or takes in. */
  private countAccesses(space: number): void {
    const { keepers, levelCount, spread } = this;
    let k = space * (levelCount + 1);
    let level = keepers[k]!;
    let partition = this.tileWords[space]!;
    while (level < levelCount) {
      const inner = keepers[++k]!;
      let fan = 1;
      for (let l = level; l < inner; l++) fan *= spread[l * SPACES + space]!;
      let words = this.computeCycles;
      if (inner < levelCount) {
        words = this.countFills(inner, space);
        this.fills[inner * SPACES + space] = words;
      }
      const t = level * SPACES + space;
      if (space === OUTPUTS) {
        this.updates[t] = words * fan;
        this.reads[t] = words * fan - partition;
        partition /= fan;
      } else {
        this.reads[t] = words * fan;
      }
      level = inner;
    }
  }

  /** Words brought into one tile: the whole tile each time it changes, unless windows overlap. */
  private countFills(level: number, space: number): number {
    const tile = this.tileWords[level * SPACES + space]!;
    if (space === INPUTS && this.hasWindow) return this.countWindowFills(level, tile);
    const relevant = this.relevant[space]!;
    for (let k = this.loopsWithin[level]!; k < this.loopCount; k++) {
      if ((relevant >> this.dim[k]!) & 1) return (tile * this.computeCycles) / this.inside[k]!;
    }
    return tile;
  }

  private countWindowFills(level: number, tile: number): number {
    const { window, inputIndex } = this;
    window.start(tile, this.height[level]!, this.width[level]!);
    for (let k = this.loopsWithin[level]!; k < this.loopCount; k++) {
      const index = inputIndex[this.dim[k]!]!;
      const step = this.step[k]!;
      window.add(this.bound[k]!, index === ROW ? step : 0, index === COLUMN ? step : 0, index === CHANNEL);
    }
    return window.words;
  }
}

function maskOf(...dims: readonly number[]): number {
  return dims.reduce((mask, dim) => mask | (1 << dim), 0);
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
