import { canonicalJson, type Constraint } from '@archon-dse/core';
import { compareText } from './option-columns.js';
import type { PointTable } from './points/point-table.js';
import type { ConstraintSummary, ReasonSummary, ReportPoint } from './report-model.js';

/** Why points failed or cannot be compared: equal reasons once, those of most points first. */
export function summarizeReasons(points: readonly ReportPoint[]): ReasonSummary[] {
  const known = new Map<string, ReasonSummary>();
  for (const { id, state, reason = '', error } of points) {
    if (state !== 'failed' && state !== 'notFinite') continue;
    const { code, expected, hint, plugin, layer } = error ?? {};
    const what = { state, reason, ...defined({ code, expected, hint, plugin, layer }) };
    const key = canonicalJson(what);
    const { points = 0, example = id } = known.get(key) ?? {};
    known.set(key, { ...what, points: points + 1, example });
  }
  return [...known.values()].sort((a, b) => b.points - a.points || compareText(a.reason, b.reason));
}

/** How many points keep each constraint, and which comes nearest where none does. */
export function summarizeConstraints(
  { ids, metrics }: Pick<PointTable, 'ids' | 'metrics'>,
  constraints: readonly Constraint[],
): ConstraintSummary[] {
  return constraints.map((constraint) => {
    const values = metrics.get(constraint.metric) ?? new Float64Array();
    let [points, kept, least] = [0, 0, Infinity];
    let nearest: { readonly id: string; readonly value: number } | undefined;
    for (const [at, value] of values.entries()) {
      if (!Number.isFinite(value)) continue;
      const miss = missBy(value, constraint);
      points += 1;
      if (miss === 0) kept += 1;
      if (miss < least) [least, nearest] = [miss, { id: ids[at] ?? '', value }];
    }
    return { ...constraint, points, kept, ...(kept > 0 || nearest === undefined ? {} : { nearest }) };
  });
}

/** How far a value lies outside the bounds, in the metric's unit; bounds themselves are allowed. */
function missBy(value: number, { min = -Infinity, max = Infinity }: Constraint): number {
  return Math.max(0, min - value, value - max);
}

/** Members that have a value. */
function defined<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
