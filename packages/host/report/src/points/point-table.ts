import type { Diagnostic, EvaluationRecord, Sweep, TrainingBudget } from '@archon-dse/core';
import type { PointState } from '../report-model.js';
import type { Coded } from './coded.js';
import type { OptionTable } from './option-rows.js';
import type { RecordSource } from './source.js';

/** States of points by their number in {@link PointTable.states}. */
export const STATES: readonly PointState[] = ['feasible', 'screened', 'failed', 'notFinite', 'constraint'];

/** All points of a report column by column, in the order of the points: some hundred bytes each, where objects would take kilobytes. */
export interface PointTable {
  readonly ids: readonly string[];
  readonly options: OptionTable;
  /** The columns of the options that a point has, in its own order. */
  readonly optionShapes: Coded<readonly number[]>;
  /** By name; NaN where a point has none. */
  readonly metrics: ReadonlyMap<string, Float64Array>;
  /** Names of the metrics that a point has, in its own order. */
  readonly metricShapes: Coded<readonly string[]>;
  readonly groups: Coded<string>;
  /** Number of each point's state. */
  readonly states: Uint8Array;
  /** 0 for points without a rank. */
  readonly ranks: Uint32Array;
  /** Ids of what points confirm. */
  readonly refines: ReadonlyMap<string, string>;
  readonly budgets: Coded<readonly TrainingBudget[]>;
  readonly notCosted: Coded<NonNullable<EvaluationRecord['notCosted']>>;
  readonly errors: Coded<Diagnostic>;
  /** Why points have no finite objective. */
  readonly reasons: Coded<string>;
  readonly sweep: Pick<Sweep, 'objectives' | 'constraints' | 'metrics'>;
  readonly source: RecordSource;
}

/** The value that a point has. */
export function valueOf<T>({ values, codes }: Coded<T>, at: number): T | undefined {
  return values[codes[at] ?? -1];
}

/** Whether a point is feasible. */
export function isFeasible({ states }: Pick<PointTable, 'states'>, at: number): boolean {
  return states[at] === 0;
}

/** Places of the points that are feasible, or of those of one group of them. */
export function feasiblePlaces({ states, groups }: PointTable, group?: number): readonly number[] {
  const places: number[] = [];
  for (const [at, state] of states.entries()) {
    if (state === 0 && (group === undefined || groups.codes[at] === group)) places.push(at);
  }
  return places;
}

/** Objectives of some points as costs to minimise, one point after the other. */
export function costsOf({ metrics, sweep }: PointTable, places: readonly number[]): Float64Array {
  const { objectives } = sweep;
  const costs = new Float64Array(places.length * objectives.length);
  for (const [i, { metric, direction }] of objectives.entries()) {
    const values = metrics.get(metric);
    const sign = direction === 'maximize' ? -1 : 1;
    for (const [row, at] of places.entries()) costs[row * objectives.length + i] = sign * (values?.[at] ?? NaN);
  }
  return costs;
}
