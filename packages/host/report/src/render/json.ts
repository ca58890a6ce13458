import { isPartial } from '../explain.js';
import { SUMMARY_SCHEMA_VERSION, type ReportModel, type ReportPoint } from '../report-model.js';

/** `summary.json`: the report without the points off the fronts and without layers. The format is in `docs/report.md`. */
export function renderJson(model: ReportModel): string {
  const { points, groups, columns, ...rest } = model;
  const byId = new Map(points.map((point) => [point.id, point]));
  const brief = (point: ReportPoint): object => ({
    id: point.id,
    label: point.label,
    ...(point.refines === undefined ? {} : { refines: point.refines }),
    options: point.options,
    metrics: point.metrics,
    energyByComponentPj: point.energyByComponentPj,
    budgets: point.budgets,
    ...(point.notCosted === undefined ? {} : { notCosted: point.notCosted }),
  });
  const summary = {
    schemaVersion: SUMMARY_SCHEMA_VERSION,
    complete: !isPartial(model.counts),
    ...rest,
    columns: columns.map(({ key, label, values }) => ({ key, label, values })),
    groups: groups.map((group) => ({
      ...group,
      front: group.front.flatMap((id) => byId.get(id) ?? []).map(brief),
    })),
    failed: points
      .filter(({ state }) => state === 'failed')
      .map(({ id, label, options, error }) => ({ id, label, options, error })),
    excluded: points
      .filter(({ state }) => state === 'notFinite' || state === 'constraint')
      .map(({ id, label, state, reason }) => ({ id, label, state, reason })),
  };
  return `${JSON.stringify(summary, undefined, 2)}\n`;
}
