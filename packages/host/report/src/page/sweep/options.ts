import { valueText } from '../../option-columns.js';
import { metricTitle, shareText } from '../../units.js';
import { h, section, textTable, type Child } from '../shared/dom.js';
import { shareBar } from '../shared/frame.js';
import { importances } from './importance.js';
import type { Report } from './report.js';

/** How much of each objective an option explains by itself. */
export function importanceSection(report: Report): HTMLElement | undefined {
  const metrics = report.summary.objectives.map(({ metric }) => metric);
  const rows = importances(report, metrics);
  const shown = metrics.filter((metric) => rows.some(({ shares }) => metric in shares));
  if (rows.length === 0 || shown.length === 0) return undefined;
  const cell = (share: number | undefined): Child =>
    share === undefined ? '–' : h('div', { class: 'effect' }, shareBar(share), h('span', {}, shareText(share)));
  return section(
    'importance',
    'Which options matter',
    'Share of the variation over all feasible points that an option explains by itself (main effects). In a full grid they add up to 100 % less what options do only together; options that change only with another one share its effect.',
    textTable(
      ['Option', ...shown.map((metric) => metricTitle(metric))],
      rows.map(({ label, shares }) => [h('strong', {}, label), ...shown.map((metric) => cell(shares[metric]))]),
      new Set(),
    ),
  );
}

/** What each value of each varied option reaches. */
export function optionsSection({ summary, show }: Report): HTMLElement | undefined {
  const { options, objectives } = summary;
  if (options.length === 0) return undefined;
  const header = [
    'Option',
    'Value',
    'Feasible',
    'On front',
    'Share of the front',
    ...objectives.map(({ metric }) => `Best ${metricTitle(metric).toLowerCase()}`),
  ];
  const rows = options.flatMap(({ label, values }) =>
    values.map(({ value, points, feasible, front, best }, i): Child[] => [
      i === 0 ? h('strong', {}, label) : '',
      valueText(value),
      `${feasible} of ${points}`,
      String(front),
      shareBar(summary.counts.front === 0 ? 0 : front / summary.counts.front),
      ...objectives.map(({ metric }) => show(metric, best[metric])),
    ]),
  );
  const numeric = new Set(header.map((_, i) => i).filter((i) => i === 2 || i === 3 || i > 4));
  return section(
    'options',
    'What each option reaches',
    'Best values are over feasible points, whatever the other options are.',
    textTable(header, rows, numeric),
  );
}
