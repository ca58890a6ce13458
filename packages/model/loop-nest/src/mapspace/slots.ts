import { divisors } from './factor.js';
import type { Architecture } from '../model/architecture.js';
import type { LevelConstraint, MapspaceConstraints, SpatialConstraint } from './mapspace.js';
import { boundOf, DIMS, type Dim, type Problem } from '../model/problem.js';

/** A factor the mapper chooses itself. */
export const FREE = 0;

/** A spatial loop a mapping may have: which dimension, at which level, along which axis. `factor` is FREE or given. */
export interface SpatialSlot {
  readonly level: number;
  readonly axis: 'X' | 'Y';
  readonly dim: number;
  readonly factor: number;
  /** The least and the most the factor may be. */
  readonly least: number;
  readonly most: number;
}

/**
 * The constrained mapspace as a flat list of factors to choose. Dimensions are places in DIMS; tables of factors per level are
 * indexed `level * DIM_COUNT + dimension`.
 */
export interface MapspaceSlots {
  readonly levelNames: readonly string[];
  readonly bounds: readonly number[];
  /** Temporal factor of every level and dimension: FREE, or given (1 where a temporal loop is not allowed). */
  readonly temporal: readonly number[];
  /** The least and the most a temporal factor may be, by level and dimension. */
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** Dimensions with temporal factors that have such limits, as a mask. */
  readonly limited: number;
  /** Dimensions whose temporal factor is not simply 1, by level. */
  readonly temporalDims: readonly (readonly number[])[];
  readonly spatial: readonly SpatialSlot[];
  readonly meshX: readonly number[];
  readonly meshY: readonly number[];
  /** Pinned outer part of each level's loop order; absent where every order is allowed. */
  readonly orders: readonly (readonly number[])[];
  /** Least product of the spatial bounds of each level. */
  readonly minParallelism: readonly number[];
}

/**
 * Reads constraints into slots. `rest` is a free factor: with exact factors the last free one is what the others leave over.
 *
 * @throws RangeError when the constraints do not have one entry a level, or a factor is not an integer >= 1
 */
export function mapspaceSlots(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
): MapspaceSlots {
  const { levels } = architecture;
  if (constraints.length !== levels.length) {
    throw new RangeError(`${constraints.length} level constraints for ${levels.length} levels; expected one a level`);
  }
  const bounds = DIMS.map((dim) => boundOf(problem, dim));
  const temporal = constraints.flatMap((constraint) => DIMS.map((dim) => temporalFactor(constraint, dim)));
  const limits = constraints.flatMap((constraint) => DIMS.map((dim) => limitsOf(constraint, dim)));
  return {
    levelNames: levels.map((level) => level.name),
    bounds,
    temporal,
    least: limits.map(({ least }) => least),
    most: limits.map(({ most }) => most),
    limited: limits.reduce(
      (mask, { least, most }, at) => (least > 1 || most < Infinity ? mask | (1 << (at % DIMS.length)) : mask),
      0,
    ),
    temporalDims: levels.map((_, l) =>
      DIMS.map((_dim, d) => d).filter((d) => {
        const at = l * DIMS.length + d;
        return temporal[at] !== 1 || (limits[at]?.least ?? 1) > 1;
      }),
    ),
    spatial: constraints.flatMap((constraint, level) => [
      ...spatialSlots(constraint.spatialX, level, 'X'),
      ...spatialSlots(constraint.spatialY, level, 'Y'),
    ]),
    meshX: levels.map((level) => level.meshX),
    meshY: levels.map((level) => level.meshY),
    orders: constraints.map((constraint) => (constraint.order ?? []).map((dim) => DIMS.indexOf(dim))),
    minParallelism: constraints.map(({ minParallelism = 0 }, l) => {
      const { meshX = 1, meshY = 1 } = levels[l] ?? {};
      return minParallelism <= 1 ? minParallelism * meshX * meshY : minParallelism;
    }),
  };
}

function temporalFactor(constraint: LevelConstraint, dim: Dim): number {
  const given = constraint.temporal?.[dim];
  if (given !== undefined) return factorOf(given, dim);
  return constraint.temporalDims === undefined || constraint.temporalDims.includes(dim) ? FREE : 1;
}

interface Limits {
  readonly least: number;
  readonly most: number;
}

function limitsOf({ least, most }: Pick<LevelConstraint, 'least' | 'most'>, dim: Dim): Limits {
  return {
    least: factorOf(least?.[dim] ?? 1, dim),
    most: most?.[dim] === undefined ? Infinity : factorOf(most[dim], dim),
  };
}

/** Whether a factor may take a value. */
export function within({ least, most }: Limits, factor: number): boolean {
  return factor >= least && factor <= most;
}

/** The factors, ascending, that a level may take of what is left of a dimension; whether the levels inside can do with it is another question. */
export function temporalChoices(slots: MapspaceSlots, level: number, dim: number, left: number): readonly number[] {
  const at = level * DIMS.length + dim;
  const given = slots.temporal[at] ?? 1;
  const limits = { least: slots.least[at] ?? 1, most: slots.most[at] ?? Infinity };
  const choices = given === FREE ? divisors(left) : [given];
  return choices.filter((factor) => left % factor === 0 && within(limits, factor));
}

function spatialSlots(constraint: SpatialConstraint | undefined, level: number, axis: 'X' | 'Y'): SpatialSlot[] {
  if (constraint === undefined) return [];
  const slots = DIMS.map((name, dim): SpatialSlot => {
    const given = constraint.fixed?.[name] ?? (constraint.dims.includes(name) ? 'rest' : 1);
    return { level, axis, dim, factor: factorOf(given, name), ...limitsOf(constraint, name) };
  });
  return slots.filter((slot) => slot.factor !== 1 || slot.least > 1);
}

function factorOf(given: number | 'rest', dim: Dim): number {
  if (given === 'rest') return FREE;
  if (!Number.isInteger(given) || given < 1) {
    throw new RangeError(`factor ${given} of ${dim}: expected an integer >= 1 or 'rest'`);
  }
  return given;
}
