import type { MapspaceSlots } from '../mapspace/slots.js';
import type { SpatialSplit } from '../mapspace/splits.js';
import type { FillCost } from '../model/cost.kernel.js';
import { Fills } from '../model/fills.kernel.js';
import type { ModelOptions } from '../model/model-options.js';
import { Nest } from '../model/nest.kernel.js';
import { DIM_COUNT } from '../model/places.js';
import type { Problem } from '../model/problem.js';

/** The nest of one spatial split: all spatial loops are there from the start, the temporal ones are chosen level by level. */
export class SplitNest {
  readonly nest: Nest;
  /** Per dimension: product of the temporal bounds still to be chosen. */
  readonly rest = new Float64Array(DIM_COUNT);
  /** Product of the spatial bounds at a level, and of those at it and further in, at `level * DIM_COUNT + dimension`. */
  readonly spatial: Float64Array;
  readonly spatialInside: Float64Array;
  private readonly problem: Problem;
  private readonly model: ModelOptions;
  private readonly slots: MapspaceSlots;

  constructor(problem: Problem, slots: MapspaceSlots, model: ModelOptions = {}) {
    const cells = (slots.levelNames.length + 1) * DIM_COUNT;
    this.nest = new Nest(problem, model);
    this.problem = problem;
    this.model = model;
    this.slots = slots;
    this.spatial = new Float64Array(cells);
    this.spatialInside = new Float64Array(cells);
  }

  /** What counts the fills of the nest into a cost. */
  fillsInto(cost: FillCost): Fills {
    return new Fills(this.problem, this.nest, cost, this.model);
  }

  /** Starts a split with no temporal loops. */
  open(split: SpatialSplit): void {
    const { spatial, spatialInside } = this;
    this.nest.count = 0;
    this.rest.set(split.rest);
    spatial.fill(1);
    spatialInside.fill(1);
    this.slots.spatial.forEach((slot, i) => (spatial[slot.level * DIM_COUNT + slot.dim]! *= split.bounds[i]!));
    for (let at = spatial.length - DIM_COUNT - 1; at >= 0; at--) {
      spatialInside[at] = spatial[at]! * spatialInside[at + DIM_COUNT]!;
    }
  }

  /** Adds the temporal loops of `level`, outer to inner, after their bounds were divided out of `rest`. */
  push(level: number, order: readonly number[], factors: Int32Array): void {
    const at = level * DIM_COUNT;
    for (const dim of order) this.nest.push(dim, factors[at + dim]!, this.rest[dim]! * this.spatialInside[at + dim]!);
  }

  /** Removes the last `count` temporal loops; `rest` stays. */
  pop(count: number): void {
    this.nest.count -= count;
  }

  /** Sets the extents of the nest to what is left for one instance of `level`: its tile once the levels outside are chosen. */
  spanTile(level: number): void {
    const { extent } = this.nest;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      extent[dim] = this.rest[dim]! * this.spatialInside[level * DIM_COUNT + dim]!;
    }
  }

  /** Product of all spatial bounds at `level`. */
  fanout(level: number): number {
    let fanout = 1;
    for (let at = level * DIM_COUNT; at < (level + 1) * DIM_COUNT; at++) fanout *= this.spatial[at]!;
    return fanout;
  }
}
