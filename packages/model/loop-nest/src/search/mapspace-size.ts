import { countFactorizations, divisors } from '../mapspace/factor.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { FREE, mapspaceSlots, within, type MapspaceSlots, type SpatialSlot } from '../mapspace/slots.js';
import { spatialSplits } from '../mapspace/splits.js';
import type { Architecture } from '../model/architecture.js';
import type { ModelOptions } from '../model/model-options.js';
import { DIMS, type Problem } from '../model/problem.js';
import { variantsOf } from '../mapspace/variants.js';
import { SplitNest } from './split-nest.kernel.js';
import { TemporalFactors } from './temporal-factors.js';
import { TileBounds } from './tile-bounds.kernel.js';

/** Size of a constrained mapspace in tilings: assignments of factors. Where orders are free each stands for all of its loop orders, and
 * each choice of bypass counts. */
export interface MapspaceSize {
  /** Every assignment the constraints allow. */
  readonly built: number;
  /** Those that fit the meshes and the capacities. */
  readonly valid: number;
}

/** How many tilings the constraints allow, before meshes and capacities are looked at; by formula, so at once for any mapspace. */
export function mapspaceBuilt(problem: Problem, architecture: Architecture, constraints: MapspaceConstraints): number {
  return variantsOf(architecture, constraints).reduce(
    (sum, own) => sum + countBuilt(mapspaceSlots(problem, own.architecture, own.constraints)),
    0,
  );
}

/** Counts a mapspace: `built` by formula, `valid` one by one (about a million a second). */
export function mapspaceSize(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  model: ModelOptions = {},
): MapspaceSize {
  const valid = variantsOf(architecture, constraints).reduce(
    (sum, own) =>
      sum + countValid(problem, own.architecture, mapspaceSlots(problem, own.architecture, own.constraints), model),
    0,
  );
  return { built: mapspaceBuilt(problem, architecture, constraints), valid };
}

function countValid(problem: Problem, architecture: Architecture, slots: MapspaceSlots, model: ModelOptions): number {
  const nest = new SplitNest(problem, slots, model);
  const tiles = new TileBounds(architecture, slots, nest);
  const choices = new TemporalFactors(slots, tiles);
  const { rest } = nest;

  const count = (level: number, index: number): number => {
    const dim = slots.temporalDims[level]?.[index];
    if (dim === undefined) {
      if (level === slots.levelNames.length) return 1;
      return tiles.overflow(level + 1) < 0 ? count(level + 1, 0) : 0;
    }
    const before = rest[dim] ?? 1;
    let sum = 0;
    for (const factor of choices.of(level, dim, before)) {
      rest[dim] = before / factor;
      sum += count(level, index + 1);
    }
    rest[dim] = before;
    return sum;
  };
  let valid = 0;
  for (const split of spatialSplits(slots).splits) {
    nest.open(split);
    choices.start();
    if (tiles.overflow(0) < 0) valid += count(0, 0);
  }
  return valid;
}

function countBuilt(slots: MapspaceSlots): number {
  return DIMS.reduce((count, _, dim) => count * countTilings(slots, dim), 1);
}

function countTilings(slots: MapspaceSlots, dim: number): number {
  const factors = factorsOf(slots, dim);
  if (factors.some(({ least, most }) => least > 1 || most < Infinity))
    return countWithin(factors, slots.bounds[dim] ?? 1);
  const free = factors.filter(({ factor }) => factor === FREE).length;
  const rest = factors.reduce((left, { factor }) => (factor === FREE ? left : left / factor), slots.bounds[dim] ?? 1);
  return Number.isInteger(rest) ? countFactorizations(rest, free) : 0;
}

type Factor = Pick<SpatialSlot, 'factor' | 'least' | 'most'>;

function factorsOf(slots: MapspaceSlots, dim: number): Factor[] {
  const temporal = slots.temporal.map((factor, at) => ({
    factor,
    least: slots.least[at] ?? 1,
    most: slots.most[at] ?? Infinity,
  }));
  return [...temporal.filter((_, at) => at % DIMS.length === dim), ...slots.spatial.filter((slot) => slot.dim === dim)];
}

function countWithin([first, ...others]: readonly Factor[], bound: number): number {
  if (first === undefined) return bound === 1 ? 1 : 0;
  const choices = first.factor === FREE ? divisors(bound) : [first.factor];
  const allowed = choices.filter((own) => bound % own === 0 && within(first, own));
  return allowed.reduce((sum, own) => sum + countWithin(others, bound / own), 0);
}
