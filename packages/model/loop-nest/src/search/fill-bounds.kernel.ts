import type { MapspaceSlots } from '../mapspace/slots.js';
import type { FillCost } from '../model/cost.kernel.js';
import type { Fills } from '../model/fills.kernel.js';
import type { Extents } from '../model/geometry.kernel.js';
import { C, DIM_COUNT, G, INPUTS, M, N, OUTPUTS, P, Q, R, S, SPACES, WEIGHTS } from '../model/places.js';
import type { Problem } from '../model/problem.js';
import { relevanceOf } from '../model/relevance.js';
import { InputBounds, type InputOutlook } from './input-bounds.kernel.js';
import type { SplitNest } from './split-nest.kernel.js';
import type { TileBounds } from './tile-bounds.kernel.js';

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
 *
 * Capacity tightens it: where the room of a tile is too small for what is left of the instance, one of the loops still to come moves the
 * tile, so `changes` is the product of all loops chosen so far. What windows add is in `InputBounds`.
 */
export class FillBounds {
  private readonly partial: SplitNest;
  private readonly cost: FillCost;
  private readonly slots: MapspaceSlots;
  private readonly exact: Fills;
  private readonly levelCount: number;
  /** By level: dimensions with temporal loops outside it, and those of Inputs that are sure movers. */
  private readonly movable: Int32Array;
  private readonly inputMovers: Int32Array;
  private readonly inputs: InputBounds;
  private readonly tiles: TileBounds;
  private readonly relevant: readonly number[];
  /** Most words of a data space that a level can hold, and what that and the split mean for Inputs. */
  private readonly room: Float64Array;
  private outlooks: readonly InputOutlook[] = [];
  private coincident = false;

  constructor(problem: Problem, slots: MapspaceSlots, partial: SplitNest, cost: FillCost, tiles: TileBounds) {
    this.partial = partial;
    this.cost = cost;
    this.slots = slots;
    this.exact = partial.fillsInto(cost);
    this.levelCount = slots.levelNames.length;
    this.movable = new Int32Array(this.levelCount);
    this.inputMovers = new Int32Array(this.levelCount);
    this.inputs = new InputBounds(problem, partial.nest);
    this.tiles = tiles;
    this.relevant = relevanceOf(problem).relevant;
    this.room = new Float64Array(this.levelCount * SPACES);
  }

  /**
   * Starts a spatial split, after the nest did, with fills that follow from words and movers alone: the bound that splits are ordered by,
   * which decides between equal mappings.
   */
  start(): void {
    const { partial, cost, slots } = this;
    let [movable, instances] = [0, 1];
    this.coincident = false;
    cost.computeCycles = partial.rest.reduce((cycles, bound) => cycles * bound, 1);
    for (let level = 0; level < this.levelCount; level++) {
      this.movable[level] = movable;
      this.inputMovers[level] = this.sureMovers(movable);
      cost.instances[level] = instances;
      instances *= partial.fanout(level);
      this.boundSpread(level);
      for (let dim = 0; dim < DIM_COUNT; dim++) {
        if (slots.temporal[level * DIM_COUNT + dim] !== 1 && partial.rest[dim]! > 1) movable |= 1 << dim;
      }
    }
    cost.distribute();
    this.room.fill(Infinity);
    this.outlooks = [];
  }

  /** Bounds the split by its capacities too from here on. */
  tighten(): void {
    const { spatialInside } = this.partial;
    const contiguous = (at: number, dim: number): boolean => spatialInside[dim] === spatialInside[at + dim];
    for (let t = 0; t < this.room.length; t++) this.room[t] = this.tiles.roomFor(Math.floor(t / SPACES), t % SPACES);
    this.outlooks = this.slots.levelNames.map((_, level) => ({
      rowsContiguous: contiguous(level * DIM_COUNT, R),
      columnsContiguous: contiguous(level * DIM_COUNT, S),
      room: this.room[level * SPACES + INPUTS]!,
    }));
  }

  /** Brings fills and spreads up to date with the loops chosen: those of the levels outside `chosen`. */
  update(chosen: number): void {
    const { partial, exact } = this;
    for (let level = chosen; level < this.levelCount; level++) {
      if (this.cost.keepsAny[level] === 0) continue;
      partial.spanTile(level);
      if (level === chosen) exact.settle(level);
      else this.bound(level);
    }
    if (!this.coincident) return;
    if (chosen > 0) {
      partial.spanTile(chosen);
      exact.settleSpread(chosen - 1, partial.spatial, (chosen - 1) * DIM_COUNT);
    }
    for (let level = chosen; level < this.levelCount; level++) this.boundSpread(level);
    this.cost.distribute();
  }

  private bound(level: number): void {
    const { keeps, fills } = this.cost;
    const t = level * SPACES;
    if (this.cost.startsUp) this.cost.tiles.fill(0, t, t + SPACES);
    if (keeps[t] === 1) fills[t] = this.leastTileFills(WEIGHTS, t);
    if (keeps[t + INPUTS] === 1) fills[t + INPUTS] = this.leastInputFills(level);
    if (keeps[t + OUTPUTS] === 1) fills[t + OUTPUTS] = this.leastTileFills(OUTPUTS, t + OUTPUTS);
  }

  private leastTileFills(space: number, t: number): number {
    const { nest } = this.partial;
    const words = nest.geometry.words(space, nest.extent);
    return words * (words > this.room[t]! ? nest.cycles : nest.changes(this.relevant[space]!));
  }

  private leastInputFills(level: number): number {
    const byMoves = this.leastByMoves(level);
    const outlook = this.outlooks[level];
    return outlook === undefined ? byMoves : Math.max(byMoves, this.inputs.least(outlook));
  }

  private leastByMoves(level: number): number {
    const { nest } = this.partial;
    const { geometry, extent } = nest;
    const movable = this.movable[level]!;
    const rows = leastRank(movable, P, R, extent, geometry.rows(extent));
    const columns = leastRank(movable, Q, S, extent, geometry.columns(extent));
    return (
      extent[G]! * extent[N]! * extent[geometry.channel]! * rows * columns * nest.changes(this.inputMovers[level]!)
    );
  }

  private sureMovers(movable: number): number {
    let movers = (1 << G) | (1 << N) | (1 << this.partial.nest.geometry.channel);
    if (!bothIn(movable, P, R)) movers |= (1 << P) | (1 << R);
    if (!bothIn(movable, Q, S)) movers |= (1 << Q) | (1 << S);
    return movers;
  }

  /** Spreads before the steps are known. Where P and R (Q and S) are spread at one level tiles may coincide, but not within one of them. */
  private boundSpread(level: number): void {
    const { spatial, nest } = this.partial;
    const at = level * DIM_COUNT;
    const bound = (dim: number): number => spatial[at + dim]!;
    const { spread } = this.cost;
    if (Math.min(bound(P), bound(R)) > 1 || Math.min(bound(Q), bound(S)) > 1) this.coincident = true;
    spread[level * SPACES + WEIGHTS] = bound(G) * bound(C) * bound(M) * bound(R) * bound(S);
    spread[level * SPACES + INPUTS] =
      bound(G) * bound(N) * bound(nest.geometry.channel) * Math.max(bound(P), bound(R)) * Math.max(bound(Q), bound(S));
    spread[level * SPACES + OUTPUTS] = bound(G) * bound(N) * bound(M) * bound(P) * bound(Q);
  }
}

function bothIn(mask: number, a: number, b: number): boolean {
  return ((mask >> a) & (mask >> b) & 1) === 1;
}

/** Least words of a rank: its extent if nothing moves it, else the iterations of the one dimension that does, else 1. */
function leastRank(movable: number, outer: number, kernel: number, extent: Extents, span: number): number {
  if (bothIn(movable, outer, kernel)) return 1;
  if ((movable >> outer) & 1) return extent[outer]!;
  return (movable >> kernel) & 1 ? extent[kernel]! : span;
}
