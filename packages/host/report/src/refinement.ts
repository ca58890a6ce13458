import type { Confirmation, EvaluationRecord, Refine } from '@archon-dse/core';
import type { RefinedPair, ReportPoint } from './report-model.js';

/** The points of a second step that have a record, and which of the first each confirms; of several the first. */
export type Confirmed = ReadonlyMap<string, string>;

/** Nothing before the second step has a record: the report is then of the first. */
export function confirmedIn(
  records: readonly EvaluationRecord[],
  confirmations: readonly Confirmation[] = [],
): Confirmed | undefined {
  const present = new Set(records.map(({ pointId }) => pointId));
  const entries = confirmations
    .filter(({ pointId }) => present.has(pointId))
    .map(({ pointId, refines }) => [pointId, refines] as const);
  return entries.length === 0 ? undefined : new Map(entries.reverse());
}

/** Whether a column is of an option that a second step sets: it tells the steps apart, and no design from another. */
export function isSetting(refine: Pick<Refine, 'set'> | undefined, key: string): boolean {
  return Object.keys(refine?.set ?? {}).some((path) => key === path || key.startsWith(`${path}.`));
}

/** A point as one of the second step, or as one that only the first has. */
export function asConfirmed<T extends Pick<ReportPoint, 'id' | 'state'>>(point: T, confirmed: Confirmed): T {
  const refines = confirmed.get(point.id);
  if (refines !== undefined) return { ...point, refines };
  return point.state === 'feasible' ? { ...point, state: 'screened' } : point;
}

/** Chosen points before and after, in the order of the points. */
export function refinedPairs(
  points: readonly ReportPoint[],
  confirmations: readonly Confirmation[] = [],
  metrics: readonly string[],
): readonly RefinedPair[] {
  const byId = new Map(points.map((point) => [point.id, point]));
  const places = new Map(points.map(({ id }, place) => [id, place]));
  return confirmations
    .flatMap(({ pointId, refines }) => {
      const [after, before] = [byId.get(pointId), byId.get(refines)];
      if (after === undefined || before === undefined) return [];
      return [{ id: pointId, refines, change: changes(before.metrics, after.metrics, metrics) }];
    })
    .sort((a, b) => (places.get(a.refines) ?? 0) - (places.get(b.refines) ?? 0));
}

function changes(
  before: ReportPoint['metrics'],
  after: ReportPoint['metrics'],
  metrics: readonly string[],
): RefinedPair['change'] {
  return Object.fromEntries(
    metrics.flatMap((metric) => {
      const [was, is] = [before[metric] ?? NaN, after[metric] ?? NaN];
      const change = is === was ? 0 : (is - was) / Math.abs(was);
      return Number.isFinite(change) ? [[metric, change] as const] : [];
    }),
  );
}
