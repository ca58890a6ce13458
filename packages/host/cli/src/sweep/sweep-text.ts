import { join } from 'node:path';
import {
  changesText,
  constraintText,
  noFrontText,
  partialNotice,
  reportWords,
  type ReportModel,
  type Words,
} from '@archon-dse/report';
import type { RefinedCounts, SweepResult } from '@archon-dse/runner';
import { formatMetric } from '../terminal/format.js';
import { reasonLines } from './reason-text.js';
import { formatTable } from '../terminal/table.js';

const FRONT_ROWS = 12;

/** Where results and plugins are. */
export interface Places {
  readonly out: string;
  /** Of plugins, by name. */
  readonly folders: ReadonlyMap<string, string>;
}

/** What a person wants to know when a sweep has ended. */
export function sweepText(model: ReportModel, result: SweepResult, { out, folders }: Places): string {
  const { counts, interrupted, sweepChanged, changed } = result;
  const lines = [
    `${model.name}: ${String(counts.ok)} of ${String(counts.total)} points ok` +
      (counts.failed > 0 ? `, ${String(counts.failed)} failed` : '') +
      (counts.skipped > 0 ? `, ${String(counts.skipped)} from an earlier run` : '') +
      (interrupted ? ', interrupted' : ''),
    ...secondStepLines(model, counts.refined),
    partialNotice(model.counts),
    sweepChanged ? 'The folder was used for a different sweep before; points both have were kept.' : '',
    changed.length === 0
      ? ''
      : `Changed since the last run: ${changed.join(', ')}. Points that depend on it were evaluated again.`,
  ].filter(Boolean);
  const places = [`report   ${join(out, 'report.html')}`, `data     pareto.csv, summary.json and results in ${out}`];
  return [...lines, ...reasonLines(model, folders), ...frontText(model), '', ...places].join('\n');
}

/** What the second step came to; nothing before it has begun. */
function secondStepLines(model: ReportModel, refined: RefinedCounts | undefined): readonly string[] {
  if (refined === undefined) return [];
  const { chosen, unchanged, total, ok, failed, skipped } = refined;
  const changes = changesText(model, terminalWords(model));
  const stay = unchanged === 1 ? 'one stays as it is' : `${String(unchanged)} stay as they are`;
  return [
    `${String(chosen)} ${chosen === 1 ? 'point' : 'points'} refined: ${String(ok)} of ${String(total)} ok` +
      (failed > 0 ? `, ${String(failed)} failed` : '') +
      (skipped > 0 ? `, ${String(skipped)} from an earlier run` : '') +
      (unchanged > 0 ? `; ${stay}, as the settings make no other points of them` : ''),
    changes === '' ? '' : `from screened to refined: ${changes}`,
  ];
}

/** Metrics under the names that sweeps use, values as everywhere in the terminal. */
function terminalWords(model: ReportModel): Words {
  return {
    labelOf: reportWords(model.points).labelOf,
    metricName: (metric) => metric,
    format: (metric, value) => metricText(metric, value, model),
    signs: ['>=', '<='],
  };
}

function frontText(model: ReportModel): readonly string[] {
  if (model.counts.feasible === 0) {
    const words = terminalWords(model);
    return ['', noFrontText(model), ...model.constraintChecks.map((check) => `  ${constraintText(check, words)}`)];
  }
  const points = new Map(model.points.map((point) => [point.id, point]));
  const rows = model.groups.flatMap((group) =>
    group.front.map((id) => ({ id, group: group.key, isKnee: group.knee?.id === id, point: points.get(id) })),
  );
  const isWhole = rows.length <= FRONT_ROWS;
  const one = isWhole ? rows : onePerGroup(rows);
  const shown = one.slice(0, FRONT_ROWS);
  const head = ['group', ...model.objectives.map(({ metric }) => metric), 'point'];
  const cells = shown.map(({ group, point, isKnee }) => [
    group,
    ...model.objectives.map(({ metric }) => metricText(metric, point?.metrics[metric], model)),
    `${point?.label ?? ''}${isKnee ? '  (knee)' : ''}`,
  ]);
  const title = isWhole
    ? `The front, ${String(rows.length)} ${rows.length === 1 ? 'point' : 'points'}:`
    : `${String(rows.length)} points are on the front; the knee of each group${chosenElse(one, model)}:`;
  const rest = one.length - shown.length;
  return ['', title, formatTable(head, cells), ...(rest > 0 ? [`and ${String(rest)} more groups in the report`] : [])];
}

interface FrontRow {
  readonly group: string;
  readonly isKnee: boolean;
}

/** The knee of each group; of one without a knee the first of its front, which is best in the first objective. */
function onePerGroup<Row extends FrontRow>(rows: readonly Row[]): readonly Row[] {
  const chosen = new Map<string, Row>();
  for (const row of rows) if (row.isKnee || !chosen.has(row.group)) chosen.set(row.group, row);
  return [...chosen.values()];
}

/** Says so where groups without a knee are among those shown. */
function chosenElse(rows: readonly FrontRow[], { objectives }: ReportModel): string {
  return rows.every(({ isKnee }) => isKnee) ? '' : `, or its best in ${objectives[0]?.metric ?? ''} where it has none`;
}

function metricText(metric: string, value: number | undefined, { derived = [] }: ReportModel): string {
  if (value === undefined) return '';
  const unit = derived.find(({ name }) => name === metric)?.unit ?? '';
  return `${formatMetric(metric, value)} ${unit}`.trimEnd();
}
