import type { Architecture } from './architecture.js';
import { FREE, type MapspaceSlots } from './mapspace-slots.js';
import type { SpatialSplit } from './mapspace-splits.js';
import { DATA_SPACES, DIMS, type Problem } from './problem.js';

const [C, M, R, S, P, Q, N] = [0, 1, 2, 3, 4, 5, 6] as const;
const DIM_COUNT = DIMS.length;
const SPACES = DATA_SPACES.length;

/**
 * The temporal loops chosen so far, outermost level first, of one spatial split.
 *
 * Since factors are exact, the loops outside a level determine its tile: whatever of a dimension is not outside is inside. So once
 * the levels outside a level are chosen, its tiles are known. Tables by level and dimension are indexed `level * 7 + dimension`.
 */
export class PartialNest {
  /** Per dimension: product of the temporal bounds still to be chosen. */
  readonly rest = new Float64Array(DIM_COUNT);
  /** Loops from the outermost one: bound, dimension, extent of the dimension inside the loop, product of the bounds up to it. */
  readonly bound: Float64Array;
  readonly dim: Uint8Array;
  readonly inside: Float64Array;
  readonly product: Float64Array;
  count = 0;

  /** Product of the spatial bounds at a level, and of those at it and further in. */
  readonly spatial: Float64Array;
  readonly spatialInside: Float64Array;
  /** Extents of the tile last asked for with `spanTile`. */
  readonly extent = new Float64Array(DIM_COUNT);

  private readonly slots: MapspaceSlots;
  private readonly sizeWords: Float64Array;
  /** Levels with a capacity that keep something. */
  private readonly limited: readonly number[];
  private readonly keeps: Uint8Array;
  private readonly coefficient: Float64Array;
  private readonly channel: number;
  /** Product of the given temporal factors at a level and further in; the last level outside it with a free one, or -1. */
  private readonly given: Float64Array;
  private readonly lastFree: Int32Array;

  constructor(problem: Problem, { levels }: Architecture, slots: MapspaceSlots) {
    const cells = (levels.length + 1) * DIM_COUNT;
    this.bound = new Float64Array(cells);
    this.dim = new Uint8Array(cells);
    this.inside = new Float64Array(cells);
    this.product = new Float64Array(cells);
    this.spatial = new Float64Array(cells);
    this.spatialInside = new Float64Array(cells);
    this.given = new Float64Array(cells).fill(1);
    this.lastFree = new Int32Array(cells).fill(-1);
    this.slots = slots;
    this.sizeWords = Float64Array.from(levels, (level) => level.sizeWords ?? Infinity);
    this.limited = levels.flatMap(({ keeps, sizeWords }, l) =>
      keeps.length > 0 && sizeWords !== undefined ? [l] : [],
    );
    this.keeps = Uint8Array.from(
      levels.flatMap((level) => DATA_SPACES.map((space) => Number(level.keeps.includes(space)))),
    );
    this.channel = problem.depthwise === true ? M : C;
    const { dilationR = 1, dilationS = 1, strideP, strideQ } = problem;
    this.coefficient = Float64Array.of(1, 1, dilationR, dilationS, strideP, strideQ, 1);
    for (let at = levels.length * DIM_COUNT - 1; at >= 0; at--) {
      const factor = slots.temporal[at]!;
      this.given[at] = this.given[at + DIM_COUNT]! * (factor === FREE ? 1 : factor);
    }
    for (let at = DIM_COUNT; at < cells; at++) {
      const outer = at - DIM_COUNT;
      this.lastFree[at] = slots.temporal[outer] === FREE ? Math.floor(outer / DIM_COUNT) : this.lastFree[outer]!;
    }
  }

  /** Starts a split with no temporal loops. */
  start(split: SpatialSplit): void {
    this.count = 0;
    this.rest.set(split.rest);
    this.spatial.fill(1);
    this.spatialInside.fill(1);
    this.slots.spatial.forEach((slot, i) => (this.spatial[slot.level * DIM_COUNT + slot.dim]! *= split.bounds[i]!));
    for (let at = this.spatial.length - DIM_COUNT - 1; at >= 0; at--) {
      this.spatialInside[at] = this.spatial[at]! * this.spatialInside[at + DIM_COUNT]!;
    }
  }

  /** Adds the temporal loops of `level`, outer to inner, after their bounds were divided out of `rest`. */
  push(level: number, order: readonly number[], factors: Int32Array): void {
    const at = level * DIM_COUNT;
    for (const dim of order) {
      const k = this.count++;
      const bound = factors[at + dim]!;
      this.bound[k] = bound;
      this.dim[k] = dim;
      this.inside[k] = this.rest[dim]! * this.spatialInside[at + dim]!;
      this.product[k] = k === 0 ? bound : this.product[k - 1]! * bound;
    }
  }

  pop(order: readonly number[]): void {
    this.count -= order.length;
  }

  /** How often the loops chosen so far change a tile that every loop over a dimension of `mask` changes. */
  changes(mask: number): number {
    for (let k = this.count - 1; k >= 0; k--) {
      if ((mask >> this.dim[k]!) & 1) return this.product[k]!;
    }
    return 1;
  }

  /**
   * The outermost level from `chosen` inwards that cannot hold its tiles, or -1, when the levels outside `chosen` are chosen.
   * Sound for the levels further in, because tiles grow with every factor: see `smallestTile`.
   */
  overflow(chosen: number): number {
    for (const level of this.limited) {
      if (level >= chosen && this.smallestTile(chosen, level) > this.sizeWords[level]!) return level;
    }
    return -1;
  }

  /**
   * Words of the tiles of `level` at least: they hold the given factors inside, and all of a dimension that no free factor between
   * `chosen` and the level can take away. Exact when `level` is `chosen`.
   */
  smallestTile(chosen: number, level: number): number {
    const { given, lastFree, rest, extent, spatialInside } = this;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      const at = level * DIM_COUNT + dim;
      const inside = given[at]!;
      const temporal = lastFree[at]! >= chosen ? inside : (rest[dim]! * inside) / given[chosen * DIM_COUNT + dim]!;
      extent[dim] = temporal * spatialInside[at]!;
    }
    return this.keptWords(level);
  }

  /** Whether the levels from `chosen` inwards could hold `rest` of `dim` if their tiles were as small as can be along all others. */
  holds(chosen: number, dim: number, rest: number): boolean {
    const { given, lastFree, extent, spatialInside } = this;
    for (const level of this.limited) {
      if (level < chosen) continue;
      const at = level * DIM_COUNT;
      for (let other = 0; other < DIM_COUNT; other++) extent[other] = given[at + other]! * spatialInside[at + other]!;
      if (lastFree[at + dim]! < chosen) extent[dim]! *= rest / given[chosen * DIM_COUNT + dim]!;
      if (this.keptWords(level) > this.sizeWords[level]!) return false;
    }
    return true;
  }

  private keptWords(level: number): number {
    let words = 0;
    for (let space = 0; space < SPACES; space++) {
      if (this.keeps[level * SPACES + space] === 1) words += this.volume(space);
    }
    return words;
  }

  /** Sets `extent` to what is left of the problem for one instance of `level`: its tile once the levels outside are chosen. */
  spanTile(level: number): void {
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      this.extent[dim] = this.rest[dim]! * this.spatialInside[level * DIM_COUNT + dim]!;
    }
  }

  /** Words of a data space within `extent`. */
  volume(space: number): number {
    const e = this.extent;
    if (space === 0) return e[C]! * e[M]! * e[R]! * e[S]!;
    if (space === 2) return e[N]! * e[M]! * e[P]! * e[Q]!;
    return e[N]! * e[this.channel]! * this.rows() * this.columns();
  }

  /** Rows (columns) of the input plane within `extent`. */
  rows(): number {
    return this.span(P) + this.span(R) + 1;
  }

  columns(): number {
    return this.span(Q) + this.span(S) + 1;
  }

  /** How far one iteration of loop `k` moves along the rank of its dimension. */
  step(k: number): number {
    return this.inside[k]! * this.coefficient[this.dim[k]!]!;
  }

  /** How far neighbouring instances at `level` are apart along `dim`, once its temporal loops are chosen. */
  spatialStep(level: number, dim: number): number {
    return this.rest[dim]! * this.spatialInside[(level + 1) * DIM_COUNT + dim]! * this.coefficient[dim]!;
  }

  private span(dim: number): number {
    return (this.extent[dim]! - 1) * this.coefficient[dim]!;
  }
}
