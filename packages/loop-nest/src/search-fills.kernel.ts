import type { MapspaceSlots } from './mapspace-slots.js';
import type { SpatialSplit } from './mapspace-splits.js';
import { distinctOffsets } from './offsets.js';
import { DATA_SPACES, DIMS, type Problem } from './problem.js';
import { relevanceOf } from './relevance.js';
import type { FillCost } from './search-cost.kernel.js';
import type { PartialNest } from './search-nest.kernel.js';
import { SlidingFills } from './search-window.kernel.js';

const [C, M, R, S, P, Q, N] = [0, 1, 2, 3, 4, 5, 6] as const;
const INPUTS = 1;
const DIM_COUNT = DIMS.length;
const SPACES = DATA_SPACES.length;

/**
 * Fills of every kept tile as far as a partial nest determines them: exact at the first level not chosen yet, lower bounds further in.
 *
 * Call a dimension a *sure mover* of a tile if every step or reset of a loop over it, seen alone, shifts the tile: all relevant ones,
 * except where both dimensions of a sliding rank have loops outside the tile, whose steps may cancel out. Then
 *
 *     fills >= changes * words
 *
 * with `changes` the iterations of all loops up to the innermost sure mover (the tile shifts at each of them) and `words` the least a
 * shift can fetch: a whole tile, or, along one rank moved by one dimension, step x the other extents. A tile holds at least one word an
 * iteration of the loops inside it, and so does such a step, so choosing more loops can only raise the product, and
 *
 *     fills >= changes of the loops chosen so far * iterations of sure movers left to the instance.
 *
 * Weights and Outputs never overlap; the second formula is their exact count once all loops outside the tile are chosen.
 */
export class FillBounds {
  private readonly nest: PartialNest;
  private readonly cost: FillCost;
  private readonly slots: MapspaceSlots;
  private readonly levelCount: number;
  private readonly relevant: readonly number[];
  private readonly jumps: number;
  private readonly channel: number;
  private readonly window = new SlidingFills();
  /** By level: dimensions with temporal loops outside it, and those of Inputs that are sure movers. */
  private readonly movable: Int32Array;
  private readonly inputMovers: Int32Array;
  private coincident = false;

  constructor(problem: Problem, slots: MapspaceSlots, nest: PartialNest, cost: FillCost) {
    const { relevant, jumps, channel } = relevanceOf(problem);
    this.nest = nest;
    this.cost = cost;
    this.slots = slots;
    this.levelCount = slots.levelNames.length;
    this.relevant = relevant;
    this.jumps = jumps;
    this.channel = DIMS.indexOf(channel);
    this.movable = new Int32Array(this.levelCount);
    this.inputMovers = new Int32Array(this.levelCount);
  }

  /** Starts a split, after the nest did. */
  start(split: SpatialSplit): void {
    let instances = 1;
    let movable = 0;
    this.coincident = false;
    this.cost.computeCycles = split.rest.reduce((cycles, bound) => cycles * bound, 1);
    for (let level = 0; level < this.levelCount; level++) {
      this.movable[level] = movable;
      this.inputMovers[level] = this.sureMovers(movable);
      this.cost.instances[level] = instances;
      this.startSpread(level);
      for (let dim = 0; dim < DIM_COUNT; dim++) {
        const at = level * DIM_COUNT + dim;
        instances *= this.nest.spatial[at]!;
        if (this.slots.temporal[at] !== 1 && split.rest[dim]! > 1) movable |= 1 << dim;
      }
    }
  }

  /** Brings fills and spreads up to date with the loops chosen: those of the levels outside `chosen`. */
  update(chosen: number): void {
    const { keepers } = this.cost;
    for (let space = 0; space < SPACES; space++) {
      const levels = keepers[space]!;
      for (let k = 1; k + 1 < levels.length; k++) {
        const level = levels[k]!;
        if (level >= chosen) this.cost.fills[level * SPACES + space] = this.fillsOf(space, level, chosen);
      }
    }
    if (!this.coincident) return;
    if (chosen > 0) this.countSpread(chosen - 1);
    for (let level = chosen; level < this.levelCount; level++) this.startSpread(level);
  }

  private fillsOf(space: number, level: number, chosen: number): number {
    const { nest } = this;
    nest.spanTile(level);
    if (space !== INPUTS) return nest.volume(space) * nest.changes(this.relevant[space]!);
    return level === chosen ? this.inputFills() : this.leastInputFills(level);
  }

  /** Exact: every pass over the loops inside the last jump starts from a fresh tile, so those outside it only repeat. */
  private inputFills(): number {
    const { nest, window, jumps } = this;
    window.start(nest.volume(INPUTS), nest.rows(), nest.columns());
    let k = nest.count - 1;
    for (; k >= 0; k--) {
      const dim = nest.dim[k]!;
      if ((jumps >> dim) & 1) break;
      const step = nest.step(k);
      window.add(nest.bound[k]!, dim === P || dim === R ? step : 0, dim === Q || dim === S ? step : 0);
    }
    return k < 0 ? window.words : window.words * nest.product[k]!;
  }

  private leastInputFills(level: number): number {
    const { extent } = this.nest;
    const movable = this.movable[level]!;
    const rows = leastRank(movable, P, R, extent, this.nest.rows());
    const columns = leastRank(movable, Q, S, extent, this.nest.columns());
    return extent[N]! * extent[this.channel]! * rows * columns * this.nest.changes(this.inputMovers[level]!);
  }

  private sureMovers(movable: number): number {
    let movers = (1 << N) | (1 << this.channel);
    if (!bothIn(movable, P, R)) movers |= (1 << P) | (1 << R);
    if (!bothIn(movable, Q, S)) movers |= (1 << Q) | (1 << S);
    return movers;
  }

  /** Spreads before the steps are known. Where P and R (Q and S) are spread at one level tiles may coincide, but not within one of them. */
  private startSpread(level: number): void {
    const { spatial } = this.nest;
    const at = level * DIM_COUNT;
    const bound = (dim: number): number => spatial[at + dim]!;
    const { spread } = this.cost;
    if (Math.min(bound(P), bound(R)) > 1 || Math.min(bound(Q), bound(S)) > 1) this.coincident = true;
    spread[level * SPACES] = bound(C) * bound(M) * bound(R) * bound(S);
    spread[level * SPACES + 1] =
      bound(N) * bound(this.channel) * Math.max(bound(P), bound(R)) * Math.max(bound(Q), bound(S));
    spread[level * SPACES + 2] = bound(N) * bound(M) * bound(P) * bound(Q);
  }

  private countSpread(level: number): void {
    const { nest } = this;
    const bound = (dim: number): number => nest.spatial[level * DIM_COUNT + dim]!;
    const offsets = (outer: number, kernel: number): number =>
      distinctOffsets(bound(outer), nest.spatialStep(level, outer), bound(kernel), nest.spatialStep(level, kernel));
    this.cost.spread[level * SPACES + INPUTS] = bound(N) * bound(this.channel) * offsets(P, R) * offsets(Q, S);
  }
}

function bothIn(mask: number, a: number, b: number): boolean {
  return ((mask >> a) & (mask >> b) & 1) === 1;
}

/** Least words of a rank: its extent if nothing moves it, else the iterations of the one dimension that does, else 1. */
function leastRank(movable: number, outer: number, kernel: number, extent: Float64Array, span: number): number {
  if (bothIn(movable, outer, kernel)) return 1;
  if ((movable >> outer) & 1) return extent[outer]!;
  return (movable >> kernel) & 1 ? extent[kernel]! : span;
}
