import type {
  Constraint,
  DerivedMetric,
  Diagnostic,
  EvaluationRecord,
  JsonValue,
  LayerRecord,
  Objective,
  Provenance,
  Reference,
  Refine,
  Search,
  TrainingBudget,
} from '@archon-dse/core';
import type { PointTable } from './points/point-table.js';

/** Version of `summary.json`; raised when a field changes its meaning or goes away. */
export const SUMMARY_SCHEMA_VERSION = 1;

/** Everything the renderers show; the same for the same records in any order; holds no times. All but `points` and `table` is plain JSON. */
export interface ReportModel {
  readonly name: string;
  readonly description?: string;
  readonly seed: number;
  readonly objectives: readonly Objective[];
  readonly constraints: readonly Constraint[];
  readonly groupBy?: string;
  /** Metrics that the sweep defines by formulas; absent without any. */
  readonly derived?: readonly DerivedMetric[];
  /** Published values to compare with; on no front and in no table of points. */
  readonly references: readonly Reference[];
  /** The second step; absent in sweeps of one. */
  readonly refinement?: Refinement;
  /** How its points were chosen; absent in sweeps of all points. */
  readonly search?: SearchSummary;
  readonly counts: Counts;
  /** Why points failed or cannot be compared, equal reasons once; of very many those of most points. */
  readonly reasons: readonly ReasonSummary[];
  /** How many more reasons there are, and of how many points; absent where none is left out. */
  readonly omittedReasons?: { readonly reasons: number; readonly points: number };
  /** How the points stand to each constraint, in the order of `constraints`. */
  readonly constraintChecks: readonly ConstraintSummary[];
  /** Names of the metrics any point has, objectives first. */
  readonly metrics: readonly string[];
  readonly columns: readonly OptionColumn[];
  /** In the order of their option values; see `option-columns.ts`. */
  readonly points: readonly ReportPoint[];
  /** The same column by column, for what goes over all points. */
  readonly table: PointTable;
  readonly volume?: VolumeSummary;
  /** One a value of `groupBy`; one with an empty key without `groupBy`. */
  readonly groups: readonly GroupSummary[];
  readonly best: readonly BestPoint[];
  readonly options: readonly OptionSummary[];
  readonly provenance: ReportProvenance;
}

export interface Counts {
  /** Points with a record. */
  readonly points: number;
  /** Points of the sweep: more than `points` when it was limited or interrupted. */
  readonly total: number;
  /** Sweeps of two steps: points the front is made of, as the second step has them; 0 until it has begun. */
  readonly refined?: number;
  /** Searches by effort without a second step: points that got all of it, which the front is made of; 0 while none has. */
  readonly fullEffort?: number;
  readonly feasible: number;
  /** On the front of their group. */
  readonly front: number;
  readonly failed: number;
  /** Evaluated, but an objective or a bounded metric is missing, NaN or infinite. */
  readonly notFinite: number;
  /** Evaluated, but outside a constraint. */
  readonly constraint: number;
}

/** A search as the sweep asked for it. */
export interface SearchSummary extends Search {
  /** Of a search by effort: the points that have a record, rung by rung. */
  readonly rungs?: Rungs;
}

export interface Rungs {
  /** Path of the axis into a point, and its name in this report. */
  readonly key: string;
  readonly label: string;
  /** From the least effort; values that no point has yet are left out. */
  readonly values: readonly { readonly value: JsonValue; readonly points: number }[];
}

/** What a second step made of the points that were chosen for it. */
export interface Refinement extends Refine {
  /** Chosen points of which both steps have a record, in the order of the points. */
  readonly pairs: readonly RefinedPair[];
}

/** A chosen point before and after. */
export interface RefinedPair {
  /** Id of the point of the second step; that of the first where the settings change nothing. */
  readonly id: string;
  /** Id of the point of the first step. */
  readonly refines: string;
  /** By metric, how much more the second has, as a share of what the first has; absent where one has none, or the first has 0. */
  readonly change: Readonly<Record<string, number>>;
}

/** One reason that keeps points off the fronts, other than a constraint. */
export interface ReasonSummary extends Pick<Diagnostic, 'expected' | 'hint' | 'plugin' | 'layer'> {
  readonly state: 'failed' | 'notFinite';
  readonly reason: string;
  /** Absent where nothing failed. */
  readonly code?: Diagnostic['code'];
  /** How many points it keeps off. */
  readonly points: number;
  /** Id of the first of them, in the order of the points. */
  readonly example: string;
}

/** A constraint and what the points reach. */
export interface ConstraintSummary extends Constraint {
  /** Points that have the metric. */
  readonly points: number;
  /** Those of them inside the bounds. */
  readonly kept: number;
  /** The point nearest to the bounds, when none is inside. */
  readonly nearest?: { readonly id: string; readonly value: number };
}

/** One option of the point, e.g. `accelerator.options.meshX`, or a used contribution, e.g. `network`. */
export interface OptionColumn {
  /** Path into the point, in the syntax of `groupBy`. */
  readonly key: string;
  /** Shortest unambiguous name. */
  readonly label: string;
  /** Distinct values in ascending order. */
  readonly values: readonly JsonValue[];
  /** Whether points that have it differ in it; for options, points of the same contribution. */
  readonly varies: boolean;
}

/** `screened`: feasible, but only in the first step of two, so that it is on no front. */
export type PointState = 'feasible' | 'screened' | 'failed' | 'notFinite' | 'constraint';

/** A point as a report shows it; what it has is read when it is asked for. */
export interface ReportPoint {
  readonly id: string;
  /** The varied options in words, e.g. `width 0.5, meshX 8`. */
  readonly label: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly group: string;
  readonly state: PointState;
  /** Id of the point of the first step that it confirms, its own where the settings change nothing of it. */
  readonly refines: string | undefined;
  /** Why it is kept off the front. */
  readonly reason: string | undefined;
  /** Feasible points: 1 on the group's front, 2 on the next, ... */
  readonly rank: number | undefined;
  readonly metrics: Readonly<Record<string, number>>;
  readonly energyByComponentPj: Readonly<Record<string, number>>;
  readonly layers: readonly LayerRecord[];
  /** What its stages trained with; empty when none did or the record is from before budgets were kept. */
  readonly budgets: readonly TrainingBudget[];
  readonly notCosted: EvaluationRecord['notCosted'] | undefined;
  readonly error: Diagnostic | undefined;
}

/** A hypervolume, exact unless it says otherwise. */
export interface MeasuredVolume {
  readonly hypervolume: number;
  /** Share of the box between ideal and reference of the sweep, 0 to 1. */
  readonly normalized: number;
  /** Where the exact one would have taken too long: standard error of `normalized`, and random points it was estimated with. */
  readonly estimate?: { readonly standardError: number; readonly samples: number };
}

/** Hypervolume of the front over all groups, with the corners it is measured between. */
export interface VolumeSummary extends MeasuredVolume {
  /** Best and reference value of each objective, in the metric's own sign and unit. */
  readonly ideal: Readonly<Record<string, number>>;
  readonly reference: Readonly<Record<string, number>>;
}

/** Its volume is against the reference of the whole sweep, so that groups compare. */
export interface GroupSummary extends MeasuredVolume {
  readonly key: string;
  readonly points: number;
  /** Ids on the front, by ascending first objective's cost. */
  readonly front: readonly string[];
  readonly knee?: { readonly id: string; readonly distance: number };
}

/** Best feasible point of one objective, on the front of its group. */
export interface BestPoint extends Objective {
  readonly id: string;
  readonly value: number;
}

/** What each value of a varied option reaches. */
export interface OptionSummary {
  readonly key: string;
  readonly label: string;
  /** Of very many those with most points on the fronts. */
  readonly values: readonly OptionValueSummary[];
  /** How many more values it has; absent where none is left out. */
  readonly omitted?: number;
}

export interface OptionValueSummary {
  readonly value: JsonValue;
  readonly points: number;
  readonly feasible: number;
  readonly front: number;
  /** Best feasible value of each objective; absent without feasible points. */
  readonly best: Readonly<Record<string, number>>;
}

export interface ReportProvenance {
  readonly plugins: Provenance['plugins'];
  readonly engines: readonly string[];
  /** Sources of each component's prices; more than one when points differ. */
  readonly prices: Readonly<Record<string, readonly string[]>>;
  /** Every budget that any point was trained with, each once. */
  readonly budgets: readonly TrainingBudget[];
  /** What no accelerator costed at some point, each once. */
  readonly notCosted: readonly NonNullable<EvaluationRecord['notCosted']>[];
}
