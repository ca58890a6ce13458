import type { Objective } from '../mapspace/mapspace.js';
import { LoopOrders } from '../mapspace/orders.js';
import type { MapspaceSlots } from '../mapspace/slots.js';
import type { SpatialSplit } from '../mapspace/splits.js';
import type { Architecture } from '../model/architecture.js';
import { FillCost } from '../model/cost.kernel.js';
import { DIM_COUNT } from '../model/places.js';
import { DATA_SPACES, type Problem } from '../model/problem.js';
import { relevanceOf } from '../model/relevance.js';
import { splitKey, symmetryOf, type Symmetry } from '../mapspace/symmetry.js';
import { FillBounds } from './fill-bounds.kernel.js';
import { SplitNest } from './split-nest.kernel.js';
import { TemporalFactors } from './temporal-factors.js';
import { TileBounds } from './tile-bounds.kernel.js';

/** The best choice of factors and loop orders found. */
export interface Choice {
  readonly split: SpatialSplit;
  /** Temporal bounds, `level * DIM_COUNT + dimension`. */
  readonly factors: Int32Array;
  /** Order of the temporal loops above 1 of each level, outer to inner. */
  readonly orders: readonly (readonly number[])[];
}

/**
 * Branch and bound over spatial splits, then temporal factors and loop orders level by level from the outermost one. A branch is
 * left when a level cannot hold its tiles, or when the lower bound of its cost is no better than the best mapping found.
 */
export class Search {
  best: Choice | undefined;
  /** Mappings priced, and partial and whole ones bounded. */
  evaluated = 0;
  considered = 0;
  /** By level: the smallest tiles that made it turn down a split as a whole. */
  readonly overflows = new Map<number, number>();

  private readonly slots: MapspaceSlots;
  private readonly levelCount: number;
  private readonly objective: Objective;
  private readonly cost: FillCost;
  private readonly nest: SplitNest;
  private readonly tiles: TileBounds;
  private readonly fills: FillBounds;
  private readonly choices: TemporalFactors;
  private readonly loopOrders: readonly LoopOrders[];
  private readonly factors: Int32Array;
  private readonly orders: (readonly number[])[];
  private readonly symmetry: Symmetry;
  private readonly twins: (Set<number> | undefined)[];
  private split: SpatialSplit | undefined;
  /** What counts first and what breaks its ties: of the node last priced, and of the best mapping. */
  private first = Infinity;
  private second = Infinity;
  private bestFirst = Infinity;
  private bestSecond = Infinity;

  constructor(problem: Problem, architecture: Architecture, slots: MapspaceSlots, objective: Objective) {
    this.slots = slots;
    this.levelCount = architecture.levels.length;
    this.objective = objective;
    this.cost = new FillCost(problem, architecture);
    this.nest = new SplitNest(problem, slots);
    this.tiles = new TileBounds(architecture, slots, this.nest);
    this.fills = new FillBounds(problem, slots, this.nest, this.cost, this.tiles);
    this.choices = new TemporalFactors(slots, this.tiles);
    const relevance = relevanceOf(problem);
    this.loopOrders = slots.orders.map(
      (pinned, level) => new LoopOrders(pinned, relevance, keptInside(architecture, level)),
    );
    this.factors = new Int32Array(this.levelCount * DIM_COUNT).fill(1);
    this.orders = slots.orders.map(() => []);
    this.symmetry = symmetryOf(problem, slots);
    this.twins = slots.orders.map(() => undefined);
  }

  /** Searches all splits, most promising first, until the bound of one is no better than the best mapping. */
  run(splits: readonly SpatialSplit[]): void {
    const bounded: { split: SpatialSplit; first: number; second: number }[] = [];
    for (const split of splits) {
      this.start(split);
      const level = this.tiles.overflow(0);
      if (level < 0) {
        this.price(0);
        bounded.push({ split, first: this.first, second: this.second });
      } else {
        const words = this.tiles.smallestTile(0, level);
        this.overflows.set(level, Math.min(words, this.overflows.get(level) ?? Infinity));
      }
    }
    bounded.sort((a, b) => (a.first === b.first ? a.second - b.second : a.first - b.first));
    const seen = new Set<string>();
    for (const { split, first, second } of bounded) {
      if (!this.improves(first, second)) return;
      this.start(split);
      this.fills.tighten();
      const products = splitKey(this.nest.spatial, this.symmetry);
      if (seen.has(products)) continue;
      seen.add(products);
      this.visit(0);
    }
  }

  private start(split: SpatialSplit): void {
    this.split = split;
    this.nest.open(split);
    this.fills.start();
    this.choices.start();
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
    for (let i = 0; i < choices.length; i++) {
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
    for (let i = 0; i < orders.length; i++) {
      const order = orders[i]!;
      this.orders[level] = order;
      this.nest.push(level, order, this.factors);
      this.visit(level + 1);
      this.nest.pop(order.length);
    }
  }

  /** Goes on with the levels from `chosen` inwards, unless nothing better can come of it. */
  private visit(chosen: number): void {
    this.price(chosen);
    const better = this.improves(this.first, this.second);
    if (chosen < this.levelCount) {
      if (better) this.chooseFactors(chosen, 0);
      return;
    }
    this.evaluated++;
    if (!better || this.split === undefined) return;
    this.bestFirst = this.first;
    this.bestSecond = this.second;
    this.best = { split: this.split, factors: this.factors.slice(), orders: [...this.orders] };
  }

  private improves(first: number, second: number): boolean {
    return first < this.bestFirst || (first === this.bestFirst && second < this.bestSecond);
  }

  /** Lower bounds of the cost with the levels outside `chosen` chosen; the cost itself once all are. */
  private price(chosen: number): void {
    const { cost } = this;
    this.considered++;
    this.fills.update(chosen);
    cost.price();
    const byCycles = this.objective === 'cycles-then-energy';
    this.first = this.objective === 'edp' ? cost.cycles * cost.energyPj : byCycles ? cost.cycles : cost.energyPj;
    this.second = byCycles ? cost.energyPj : cost.cycles;
  }
}

/** Which data spaces the levels inside `level` keep. */
function keptInside({ levels }: Architecture, level: number): boolean[] {
  return DATA_SPACES.map((space) => levels.slice(level + 1).some(({ keeps }) => keeps.includes(space)));
}
