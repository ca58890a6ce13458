import { DIMS } from '../model/problem.js';
import { FREE, temporalChoices, within, type MapspaceSlots } from './slots.js';
import { meshOf, type SpatialSplit } from './splits.js';

/** How the spatial slots of one dimension may be bound, and what the temporal loops may then multiply to, ascending. */
interface DimChoice {
  readonly bounds: readonly number[];
  readonly coverings: readonly Covering[];
}

/** A product of the temporal bounds of a dimension, and the most that any of its bounds may be. */
interface Covering {
  readonly rest: number;
  readonly most: number;
}

/** A spatial split with all products of temporal bounds that cover the problem with it. */
export interface CoveringSplit extends SpatialSplit {
  readonly coverings: readonly (readonly Covering[])[];
  /** Per dimension: the largest product. `rest` holds the smallest ones. */
  readonly widest: readonly number[];
  /** Steps of the instance with most to do, at least. */
  readonly steps: number;
}

/**
 * Every way to spread a problem over the meshes whose bounds may cover more than the problem, but none of which could be one smaller.
 *
 * Bounds that multiply to `covered` are as small as they can be if `covered - covered / bound < size` for each, so the product is below twice the
 * size, and none is above `size / (covered - size)` rounded up.
 */
export function coveringSplits(slots: MapspaceSlots): readonly CoveringSplit[] {
  const choices = DIMS.map((_, dim) => dimChoices(slots, dim));
  const splits: CoveringSplit[] = [];
  const used = new Map<string, number>();
  const bounds = slots.spatial.map(() => 1);
  const coverings: (readonly Covering[])[] = [];

  const choose = (dim: number): void => {
    const own = choices[dim];
    if (own === undefined) {
      if (isSpread(slots, bounds)) splits.push(splitOf(slots, bounds, coverings));
      return;
    }
    const places = slots.spatial.flatMap((slot, i) =>
      slot.dim === dim ? [{ slot, i, key: slot.axis + slot.level }] : [],
    );
    for (const choice of own) {
      const before = places.map(({ key }) => used.get(key) ?? 1);
      places.forEach(({ i, key }, at) => {
        const bound = choice.bounds[at] ?? 1;
        bounds[i] = bound;
        used.set(key, (used.get(key) ?? 1) * bound);
      });
      coverings[dim] = choice.coverings;
      if (places.every(({ slot, key }) => (used.get(key) ?? 1) <= meshOf(slots, slot))) choose(dim + 1);
      places.forEach(({ key }, at) => used.set(key, before[at] ?? 1));
    }
  };
  choose(0);
  return splits;
}

function isSpread({ minParallelism, spatial }: MapspaceSlots, bounds: readonly number[]): boolean {
  const productAt = (level: number): number =>
    spatial.reduce((product, slot, i) => (slot.level === level ? product * (bounds[i] ?? 1) : product), 1);
  return minParallelism.every((least, level) => least <= 1 || productAt(level) >= least);
}

function splitOf(
  slots: MapspaceSlots,
  bounds: readonly number[],
  coverings: readonly (readonly Covering[])[],
): CoveringSplit {
  return {
    bounds: [...bounds],
    rest: coverings.map((own) => own[0]?.rest ?? 1),
    widest: coverings.map((own) => own.at(-1)?.rest ?? 1),
    coverings: [...coverings],
    steps: slots.bounds.reduce((steps, size, dim) => steps * Math.ceil(size / spreadOf(slots, bounds, dim)), 1),
  };
}

function spreadOf({ spatial }: MapspaceSlots, bounds: readonly number[], dim: number): number {
  return spatial.reduce((product, slot, i) => (slot.dim === dim ? product * (bounds[i] ?? 1) : product), 1);
}

function dimChoices(slots: MapspaceSlots, dim: number): DimChoice[] {
  const spatial = slots.spatial.filter((slot) => slot.dim === dim);
  const size = slots.bounds[dim] ?? 1;
  const choices: DimChoice[] = [];
  const choose = (bounds: readonly number[], product: number): void => {
    const slot = spatial[bounds.length];
    if (slot === undefined) {
      const coverings = coveringsOf(slots, dim, bounds, product);
      if (coverings.length > 0) choices.push({ bounds, coverings });
      return;
    }
    const last = slot.factor === FREE ? Math.min(size, meshOf(slots, slot)) : slot.factor;
    for (let bound = slot.factor === FREE ? 1 : last; bound <= last; bound++) {
      if (within(slot, bound) && product * (bound - 1) < size) choose([...bounds, bound], product * bound);
    }
  };
  choose([], 1);
  return choices;
}

function coveringsOf(slots: MapspaceSlots, dim: number, bounds: readonly number[], spread: number): Covering[] {
  const size = slots.bounds[dim] ?? 1;
  const largest = Math.max(1, ...bounds);
  const coverings: Covering[] = [];
  for (let rest = Math.ceil(size / spread); rest * spread < Math.max(2 * size, 2); rest++) {
    const most = rest * spread === size ? Infinity : Math.ceil(size / (rest * spread - size));
    if (largest <= most && canCover(slots, 0, dim, rest, most)) coverings.push({ rest, most });
  }
  return coverings;
}

/** Whether the temporal bounds of `dim` at `level` and inside can have the product `left` and none be above `most`. */
function canCover(slots: MapspaceSlots, level: number, dim: number, left: number, most: number): boolean {
  if (level === slots.levelNames.length) return left === 1;
  return temporalChoices(slots, level, dim, left).some(
    (factor) => factor <= most && canCover(slots, level + 1, dim, left / factor, most),
  );
}

/** The splits that one covering split stands for: those whose bounds cover little more than the problem come first. */
export function* coveringsIn({ bounds, coverings }: CoveringSplit): Generator<SpatialSplit> {
  const steps = coverings.reduce((sum, own) => sum + own.length - 1, 0);
  const chosen: Covering[] = [];
  function* choose(dim: number, left: number): Generator<SpatialSplit> {
    const own = coverings[dim];
    if (own === undefined) {
      if (left === 0) yield { bounds, rest: chosen.map(({ rest }) => rest), most: chosen.map(({ most }) => most) };
      return;
    }
    for (const [i, covering] of own.slice(0, left + 1).entries()) {
      chosen[dim] = covering;
      yield* choose(dim + 1, left - i);
    }
  }
  for (let step = 0; step <= steps; step++) yield* choose(0, step);
}
