import type { Confirmation, Refine } from '@archon-dse/core';
import type { RefinedPair, ReportPoint } from './report-model.js';

/** Whether a column is of an option that a second step sets: it tells the steps apart, and no design from another. */
export function isSetting(refine: Pick<Refine, 'set'> | undefined, key: string): boolean {
  return Object.keys(refine?.set ?? {}).some((path) => key === path || key.startsWith(`${path}.`));
}

/** Chosen points before and after, in the order of the points. */
export function refinedPairs(
  points: readonly ReportPoint[],
  confirmations: readonly Confirmation[] = [],
  metrics: readonly string[],
): readonly RefinedPair[] {
  if (confirmations.length === 0) return [];
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
