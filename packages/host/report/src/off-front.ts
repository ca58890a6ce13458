import { canonicalJson, own, type Constraint } from '@archon-dse/core';
import { compareText } from './option-columns.js';
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
  points: readonly ReportPoint[],
  constraints: readonly Constraint[],
): ConstraintSummary[] {
  return constraints.map((constraint) => {
    const measured = points.flatMap(({ id, metrics }) => {
      const value = own(metrics, constraint.metric);
      return value === undefined || !Number.isFinite(value) ? [] : [{ id, value, miss: missBy(value, constraint) }];
    });
    const kept = measured.filter(({ miss }) => miss === 0).length;
    const [first, ...rest] = measured;
    const nearest = first && rest.reduce((a, b) => (b.miss < a.miss ? b : a), first);
    return {
      ...constraint,
      points: measured.length,
      kept,
      ...(kept > 0 || nearest === undefined ? {} : { nearest: { id: nearest.id, value: nearest.value } }),
    };
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
