import { LoopOrders } from '../mapspace/orders.js';
import type { MapspaceSlots } from '../mapspace/slots.js';
import { coveringsIn, type CoveringSplit } from '../mapspace/covering-splits.js';
import type { SpatialSplit } from '../mapspace/splits.js';
import type { Symmetry } from '../mapspace/symmetry.js';
import type { Architecture } from '../model/architecture.js';
import type { ModelOptions } from '../model/model-options.js';
import { DIM_COUNT } from '../model/places.js';
import { DATA_SPACES, type Problem } from '../model/problem.js';
import { relevanceOf } from '../model/relevance.js';
import type { Effort } from './effort.js';
import { ExactPrices } from './exact-prices.kernel.js';
import type { Incumbent } from './incumbent.js';
import type { NestPrices } from './nest-prices.js';
import { RemainderPrices } from './remainder-prices.kernel.js';
import { SplitNest } from './split-nest.kernel.js';
import { TemporalFactors } from './temporal-factors.js';
import { TileBounds } from './tile-bounds.kernel.js';

/** A choice of factors and loop orders. */
export interface Choice {
  /** The variant of the architecture it is for, by its place among them. */
  readonly variant: number;
  /** Place of its spatial split in the order they are searched in. */
  readonly place: number;
  readonly split: SpatialSplit;
  /** Temporal bounds, `level * DIM_COUNT + dimension`. */
  readonly factors: Int32Array;
  /** Order of the temporal loops above 1 of each level, outer to inner. */
  readonly orders: readonly (readonly number[])[];
}

/** Ways to cover the problem with a split that a probe looks at, and mappings of each. */
const PROBES = 8;
const PROBE_MAPPINGS = 1000;

/** What all searches of a call share. */
export interface SearchTask {
  readonly problem: Problem;
  readonly model: ModelOptions;
  readonly incumbent: Incumbent;
  readonly effort: Effort;
  /** Whether bounds may cover more than the problem. */
  readonly remainders: boolean;
}

/**
 * Branch and bound over the temporal factors and loop orders of spatial splits, level by level from the outermost one. A branch is left
 * when a level cannot hold its tiles, or when what was found rules out the lower bound of its cost.
 */
export class Search {
  /** Cycles and energy of what was priced last. */
  readonly cost: NestPrices;
  /** The choice so far. */
  split: SpatialSplit = { bounds: [], rest: [] };
  readonly factors: Int32Array;
  readonly orders: (readonly number[])[];

  private readonly variant: number;
  private readonly slots: MapspaceSlots;
  private readonly levelCount: number;
  private readonly incumbent: Incumbent;
  private readonly effort: Effort;
  private readonly nest: SplitNest;
  private readonly tiles: TileBounds;
  private readonly choices: TemporalFactors;
  private readonly loopOrders: readonly LoopOrders[];
  private readonly symmetry: Symmetry;
  private readonly twins: (Set<number> | undefined)[];
  private place = 0;

  constructor(task: SearchTask, architecture: Architecture, slots: MapspaceSlots, symmetry: Symmetry, variant: number) {
    const { problem, model } = task;
    this.variant = variant;
    this.slots = slots;
    this.levelCount = architecture.levels.length;
    this.incumbent = task.incumbent;
    this.effort = task.effort;
    this.nest = new SplitNest(problem, slots, model);
    this.tiles = new TileBounds(architecture, slots, this.nest, task.remainders);
    const Prices = task.remainders || model.haloSharing === true ? RemainderPrices : ExactPrices;
    this.cost = new Prices(task, architecture, slots, this.nest, this.tiles);
    this.choices = new TemporalFactors(slots, this.tiles);
    const relevance = relevanceOf(problem);
    this.loopOrders = slots.orders.map(
      (pinned, level) => new LoopOrders(pinned, relevance, keptInside(architecture, level)),
    );
    this.factors = new Int32Array(this.levelCount * DIM_COUNT).fill(1);
    this.orders = slots.orders.map(() => []);
    this.symmetry = symmetry;
    this.twins = slots.orders.map(() => undefined);
  }

  /**
   * Bounds a split by words and movers alone, the order splits are searched in. False when a level cannot hold its tiles, whose words then
   * go into `overflows` if no smaller ones of the level are there.
   */
  bound(split: SpatialSplit | CoveringSplit, overflows: Map<number, number>): boolean {
    this.start(split);
    const level = this.tiles.overflow(0);
    if (level < 0) this.priceWidest(split);
    else overflows.set(level, Math.min(this.tiles.roomTaken(0, level), overflows.get(level) ?? Infinity));
    return level < 0;
  }

  /** Bounds a split by capacities too. */
  boundTightly(split: SpatialSplit | CoveringSplit): void {
    this.start(split);
    this.cost.tighten();
    this.priceWidest(split);
  }

  /** Bounds a split whatever its temporal bounds cover beyond the problem: the more, the fewer times is anything done. */
  private priceWidest(split: SpatialSplit | CoveringSplit): void {
    if ('widest' in split) this.nest.rest.set(split.widest);
    this.price(0);
  }

  /** Searches a split; `place`: its own in the order of splits. */
  run(split: SpatialSplit | CoveringSplit, place: number): void {
    this.place = place;
    if ('coverings' in split) {
      for (const covering of coveringsIn(split)) if (!this.effort.stopped) this.runOne(covering);
    } else this.runOne(split);
  }

  /** Looks at a few mappings of a split: those that cover little more than the problem, in slices. */
  probe(split: SpatialSplit | CoveringSplit, place: number): void {
    this.place = place;
    if (!('coverings' in split)) return;
    let left = PROBES;
    for (const covering of coveringsIn(split)) {
      if (left-- === 0 || !this.effort.slice(PROBE_MAPPINGS)) return;
      this.runOne(covering);
    }
  }

  private runOne(split: SpatialSplit): void {
    this.start(split);
    if (this.tiles.overflow(0) >= 0) return;
    this.cost.tighten();
    this.visit(0);
  }

  private start(split: SpatialSplit): void {
    this.split = split;
    this.nest.open(split);
    this.cost.start(split);
    this.choices.start(split.most);
  }

  /** Chooses the temporal factors of `level` from its `index`-th dimension on, ascending, then the levels inside. */
  private chooseFactors(level: number, index: number): void {
    const dim = this.slots.temporalDims[level]![index];
    if (dim === undefined) {
      if (this.isFirstOfTwins(level) && this.tiles.overflow(level + 1) < 0) this.chooseOrder(level);
      return;
    }
    if (dim === this.symmetry.alike[0]) this.twins[level] = new Set();
    const { rest } = this.nest;
    const before = rest[dim]!;
    const choices = this.choices.of(level, dim, before);
    for (let i = 0; i < choices.length && !this.effort.stopped; i++) {
      const factor = choices[i]!;
      this.factors[level * DIM_COUNT + dim] = factor;
      rest[dim] = before / factor;
      this.chooseFactors(level, index + 1);
    }
    rest[dim] = before;
  }

  /** Whether no choice with the same products of dimensions that are alike, and the same factors of all others, came before. */
  private isFirstOfTwins(level: number): boolean {
    const seen = this.twins[level];
    if (seen === undefined) return true;
    const { alike } = this.symmetry;
    let [product, others] = [1, 0];
    for (const dim of this.slots.temporalDims[level]!) {
      const factor = this.factors[level * DIM_COUNT + dim]!;
      if (alike.includes(dim)) product *= factor;
      else if (dim > alike[0]!) others = others * (this.slots.bounds[dim]! + 1) + factor;
    }
    const key = others * 2 ** 32 + product;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  }

  private chooseOrder(level: number): void {
    let dims = 0;
    const levelDims = this.slots.temporalDims[level]!;
    for (let i = 0; i < levelDims.length; i++) {
      if (this.factors[level * DIM_COUNT + levelDims[i]!]! > 1) dims |= 1 << levelDims[i]!;
    }
    const orders = this.loopOrders[level]!.of(dims);
    for (let i = 0; i < orders.length && !this.effort.stopped; i++) {
      const order = orders[i]!;
      this.orders[level] = order;
      this.nest.push(level, order, this.factors);
      this.visit(level + 1);
      this.nest.pop(order.length);
    }
  }

  /** Goes on with the levels from `chosen` inwards, unless nothing better can come of it. */
  private visit(chosen: number): void {
    const { cost, incumbent, effort } = this;
    effort.step();
    this.price(chosen);
    const admitted = incumbent.admits(cost.cycles, cost.energyPj);
    if (chosen < this.levelCount) {
      if (admitted) this.chooseFactors(chosen, 0);
      else effort.pruned++;
      return;
    }
    effort.evaluated++;
    const { split, variant, place, factors, orders } = this;
    if (!admitted) return;
    incumbent.keep(cost.cycles, cost.energyPj, {
      variant,
      place,
      split,
      factors: factors.slice(),
      orders: [...orders],
    });
  }

  /** Lower bounds of the cost with the levels outside `chosen` chosen; the cost itself once all are. */
  private price(chosen: number): void {
    this.cost.price(chosen, this);
  }
}

/** Which data spaces the levels inside `level` keep. */
function keptInside({ levels }: Architecture, level: number): boolean[] {
  return DATA_SPACES.map((space) => levels.slice(level + 1).some(({ keeps }) => keeps.includes(space)));
}
