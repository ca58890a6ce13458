import { metricTitle, notCostedText, printable, settingsText } from '@archon-dse/core';
import { markdownTable } from 'markdown-table';
import { omittedReasonsText, omittedValuesText } from '../bounded.js';
import { BUDGET_HEADER, budgetRow } from '../budget-table.js';
import { DERIVED_HEADER, derivedRow } from '../derived-table.js';
import {
  constraintText,
  estimateText,
  volumeText,
  isPartial,
  noFrontText,
  partialNotice,
  reasonOrigin,
  reportWords,
} from '../explain.js';
import { valueText } from '../option-columns.js';
import type { ReportModel, ReportPoint } from '../report-model.js';
import { searchWords } from '../search-summary.js';
import { changeText, formatIn, formatMetric, unitFor, unitsOver } from '../units.js';

/** A short report for a pull request or a notebook: counts, fronts, best points and failures as Markdown tables. */
export function renderMarkdown(model: ReportModel): string {
  const parts = [
    title(model),
    overview(model),
    ...fronts(model),
    refinement(model),
    derivedMetrics(model),
    references(model),
    options(model),
    training(model),
    failures(model),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function title({ name, description, counts }: ReportModel): string {
  const notice = partialNotice(counts);
  return [
    `# ${escape(name)}`,
    ...(notice === '' ? [] : [`**${escape(notice)}**`]),
    ...(description === undefined ? [] : [escape(description)]),
  ].join('\n\n');
}

function overview(model: ReportModel): string {
  const { counts, volume, best, points, constraintChecks, derived, search } = model;
  const words = reportWords(points, derived);
  return table(
    ['', ''],
    [
      ['Points', isPartial(counts) ? `${counts.points} of ${counts.total}` : String(counts.points)],
      ...(counts.refined === undefined ? [] : [['Refined', String(counts.refined)]]),
      ['Feasible', String(counts.feasible)],
      ['On a front', String(counts.front)],
      ['Failed', String(counts.failed)],
      ['Outside constraints', String(counts.constraint)],
      ['Without finite objectives', String(counts.notFinite)],
      ...(volume === undefined
        ? []
        : [
            [
              'Hypervolume',
              [`${volumeText(volume)} of ${box(volume, derived)}`, estimateText(volume)].filter(Boolean).join('; '),
            ],
          ]),
      ...best.map(({ metric, direction, id, value }) => [
        `${direction === 'minimize' ? 'Least' : 'Most'} ${metricTitle(metric)}`,
        `${formatMetric(metric, value, derived)}: ${words.labelOf(id)}`,
      ]),
      ...(search === undefined ? [] : [['Search', searchWords(search).join('; ')]]),
      ...constraintChecks.map((check) => ['Constraint', constraintText(check, words)]),
      ...model.provenance.notCosted.map((counts) => ['Not costed', notCostedText(counts)]),
    ],
  );
}

function box({ ideal, reference }: NonNullable<ReportModel['volume']>, derived: ReportModel['derived']): string {
  const sides = Object.entries(ideal).map(
    ([metric, value]) =>
      `${metricTitle(metric).toLowerCase()} ${formatMetric(metric, value, derived)} to ${formatMetric(metric, reference[metric], derived)}`,
  );
  return sides.join(', ');
}

/** Longer fronts are for a spreadsheet. */
const MOST_FRONT_ROWS = 1000;

function fronts(model: ReportModel): string[] {
  const { groups, points, objectives, groupBy, counts } = model;
  if (counts.feasible === 0) return [`## Pareto front\n\n${escape(noFrontText(model))}`];
  const byId = new Map(points.map((point) => [point.id, point]));
  const show = showIn(model);
  const row = (point: ReportPoint, knee: boolean): string[] => [
    `${point.label}${knee ? ' (knee)' : ''}`,
    ...objectives.map(({ metric }) => show(metric, point.metrics[metric])),
    point.id,
  ];
  return groups.map(({ key, front, knee }) => {
    const heading = groupBy === undefined ? '## Pareto front' : `## Pareto front of ${escape(groupBy)} ${escape(key)}`;
    const rows = front
      .slice(0, MOST_FRONT_ROWS)
      .flatMap((id) => byId.get(id) ?? [])
      .map((point) => row(point, point.id === knee?.id));
    const rest = front.length - rows.length;
    const more = rest === 0 ? '' : `\n\n${String(rest)} more points of this front are in pareto.csv.`;
    return `${heading}\n\n${table(['Point', ...objectives.map(({ metric }) => metricTitle(metric)), 'Id'], rows)}${more}`;
  });
}

/** Values of a column in one unit. */
function showIn({ objectives, table, derived }: ReportModel): (metric: string, value: number | undefined) => string {
  const units = unitsOver(
    objectives.map(({ metric }) => metric),
    (metric) => table.metrics.get(metric) ?? [],
    derived,
  );
  return (metric, value) => formatIn(units.get(metric) ?? unitFor(metric, []), value);
}

/** What the second step changes, metric by metric. */
function refinement(model: ReportModel): string {
  const { objectives, refinement, points, derived } = model;
  if (refinement === undefined || refinement.pairs.length === 0) return '';
  const { pairs } = refinement;
  const byId = new Map(points.map((point) => [point.id, point]));
  const cellsOf = ({ id, refines, change }: (typeof pairs)[number], metric: string): string[] => [
    formatMetric(metric, byId.get(refines)?.metrics[metric], derived),
    formatMetric(metric, byId.get(id)?.metrics[metric], derived),
    changeText(change[metric]),
  ];
  const header = objectives.flatMap(({ metric }) => [`${metricTitle(metric)} screened`, 'Refined', 'Change']);
  const rows = pairs.map((pair) => [
    byId.get(pair.refines)?.label ?? '',
    ...objectives.flatMap(({ metric }) => cellsOf(pair, metric)),
  ]);
  return `## Screened and refined\n\n${escape(settingsText(refinement, model))}\n\n${table(['Point', ...header], rows)}`;
}

function derivedMetrics({ derived = [] }: ReportModel): string {
  if (derived.length === 0) return '';
  return `## Derived metrics\n\n${table(DERIVED_HEADER, derived.map(derivedRow))}`;
}

function references({ references, derived }: ReportModel): string {
  if (references.length === 0) return '';
  const rows = references.map(({ label, metric, value, source }) => [
    label,
    metricTitle(metric),
    formatMetric(metric, value, derived),
    source,
  ]);
  const lead = 'Published elsewhere, not measured here, and on no front.';
  return `## References\n\n${lead}\n\n${table(['Reference', 'Metric', 'Value', 'Source'], rows)}`;
}

function training({ provenance: { budgets } }: ReportModel): string {
  if (budgets.length === 0) return '';
  const lead = 'What accuracies were measured after; each line is a budget that points share.';
  return `## Training\n\n${lead}\n\n${table(BUDGET_HEADER, budgets.map(budgetRow))}`;
}

function options(model: ReportModel): string {
  const { options, objectives } = model;
  const show = showIn(model);
  const rows = options.flatMap(({ label, values }) =>
    values.map(({ value, feasible, front, best }) => [
      label,
      valueText(value),
      String(feasible),
      String(front),
      ...objectives.map(({ metric }) => show(metric, best[metric])),
    ]),
  );
  if (rows.length === 0) return '';
  const header = [
    'Option',
    'Value',
    'Feasible',
    'On a front',
    ...objectives.map(({ metric }) => `Best ${metricTitle(metric)}`),
  ];
  return paragraphs('## Options', table(header, rows), escape(omittedValuesText(options)));
}

function failures(model: ReportModel): string {
  const { points, reasons } = model;
  if (reasons.length === 0) return '';
  const { labelOf } = reportWords(points);
  const rows = reasons.map((reason) => [
    String(reason.points),
    reason.code ?? 'no finite objective',
    reason.reason,
    reasonOrigin(reason),
    labelOf(reason.example),
    reason.example,
  ]);
  return paragraphs(
    '## What kept points off the front',
    table(['Points', 'Code', 'Reason', 'In', 'Example', 'Id'], rows),
    omittedReasonsText(model),
  );
}

function paragraphs(...texts: readonly string[]): string {
  return texts.filter(Boolean).join('\n\n');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable(
    [header, ...rows].map((cells) => cells.map(escape)),
    { alignDelimiters: false },
  );
}

/** Keeps names from becoming markup, links or table cells, and from what a terminal would obey where the file is shown in one. */
function escape(text: string): string {
  return printable(text.replace(/\s+/g, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~]/g, '\\$&');
}
