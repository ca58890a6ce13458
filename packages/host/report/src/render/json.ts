import { MOST_LISTED } from '../bounded.js';
import { isPartial } from '../explain.js';
import { SUMMARY_SCHEMA_VERSION, type ReportModel, type ReportPoint } from '../report-model.js';

/** The most points that `summary.json` lists of all fronts together. */
export const MOST_FRONT = 5000;
/** The most points that it lists of those that failed, and of those that are excluded. */
export const MOST_OFF_FRONT = 1000;

/** `summary.json`: the report without the points off the fronts and without layers. The format is in `docs/report.md`. */
export function renderJson(model: ReportModel): string {
  const { points, groups, columns, ...rest } = model;
  const byId = new Map(points.map((point) => [point.id, point]));
  const fronts = shortened(groups.map(({ front }) => front));
  const failed = listed(points, ({ state }) => state === 'failed');
  const excluded = listed(points, ({ state }) => state === 'notFinite' || state === 'constraint');
  const omitted = {
    front: model.counts.front - fronts.flat().length,
    failed: failed.omitted,
    excluded: excluded.omitted,
    reasons: model.omittedReasons?.reasons ?? 0,
  };
  const summary = {
    schemaVersion: SUMMARY_SCHEMA_VERSION,
    complete: !isPartial(model.counts),
    ...rest,
    table: undefined,
    omittedReasons: undefined,
    columns: columns.map(({ key, label, values }) => ({
      ...{ key, label, values: values.slice(0, MOST_LISTED) },
      ...(values.length > MOST_LISTED ? { omitted: values.length - MOST_LISTED } : {}),
    })),
    groups: groups.map((group, i) => ({
      ...group,
      front: (fronts[i] ?? []).flatMap((id) => byId.get(id) ?? []).map(brief),
    })),
    failed: failed.points.map(({ id, label, options, error }) => ({ id, label, options, error })),
    excluded: excluded.points.map(({ id, label, state, reason }) => ({ id, label, state, reason })),
    ...(Object.values(omitted).some((count) => count > 0) ? { omitted } : {}),
  };
  return `${JSON.stringify(summary, undefined, 2)}\n`;
}

function brief(point: ReportPoint): object {
  return {
    id: point.id,
    label: point.label,
    ...(point.refines === undefined ? {} : { refines: point.refines }),
    options: point.options,
    metrics: point.metrics,
    energyByComponentPj: point.energyByComponentPj,
    budgets: point.budgets,
    ...(point.notCosted === undefined ? {} : { notCosted: point.notCosted }),
  };
}

/** Fronts of at most {@link MOST_FRONT} points together: those that are longer than their part keep their first points. */
function shortened(fronts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  let left = MOST_FRONT;
  const kept = new Map<number, readonly string[]>();
  const byLength = [...fronts.entries()].sort(([, a], [, b]) => a.length - b.length);
  for (const [done, [i, front]] of byLength.entries()) {
    const part = front.slice(0, Math.floor(left / (fronts.length - done)));
    left -= part.length;
    kept.set(i, part);
  }
  return fronts.map((_, i) => kept.get(i) ?? []);
}

/** The first points that something is so of, and how many more there are. */
function listed(points: readonly ReportPoint[], isSo: (point: ReportPoint) => boolean) {
  const found = points.filter(isSo);
  return { points: found.slice(0, MOST_OFF_FRONT), omitted: Math.max(0, found.length - MOST_OFF_FRONT) };
}
