import type { DataSpace, Dim } from '../model/problem.js';

/**
 * What the mapper may do at one level. A dimension that is not mentioned is free in temporal loops and forbidden in spatial ones.
 * Factors are exact: a number fixes the bound; `rest` takes whatever the other levels leave over.
 */
export interface LevelConstraint {
  /** Fixed temporal factors. */
  readonly temporal?: Readonly<Partial<Record<Dim, number | 'rest'>>>;
  /** The only dimensions that may have a temporal bound above 1 here, besides the fixed ones; absent means all. */
  readonly temporalDims?: readonly Dim[];
  /** Order of the temporal loops, outer to inner; dimensions left out go innermost in any order. Absent means every order is tried. */
  readonly order?: readonly Dim[];
  /** Largest and smallest temporal factors. */
  readonly most?: Readonly<Partial<Record<Dim, number>>>;
  readonly least?: Readonly<Partial<Record<Dim, number>>>;
  readonly spatialX?: SpatialConstraint;
  readonly spatialY?: SpatialConstraint;
  /** What the spatial bounds of the level multiply to at least: a number of instances, or below 1 and at 1 a share of its mesh. */
  readonly minParallelism?: number;
  /** Data spaces the level keeps in the architecture and need not keep. Not at the outermost level. */
  readonly mayBypass?: readonly DataSpace[];
  /**
   * Whether each data space the level keeps may have a place of its own in the loop order: the level then stands for consecutive levels of
   * one room. Given factors and `least` hold for the innermost of them, `most` for each.
   */
  readonly mayBeUneven?: boolean;
}

export interface SpatialConstraint {
  /** Dimensions that may be spread over this axis. */
  readonly dims: readonly Dim[];
  readonly fixed?: Readonly<Partial<Record<Dim, number | 'rest'>>>;
  /** Largest and smallest factors. */
  readonly most?: Readonly<Partial<Record<Dim, number>>>;
  readonly least?: Readonly<Partial<Record<Dim, number>>>;
}

/** One entry a level of the architecture, outermost first. */
export type MapspaceConstraints = readonly LevelConstraint[];

export type Objective = 'cycles-then-energy' | 'energy-then-cycles' | 'edp';
