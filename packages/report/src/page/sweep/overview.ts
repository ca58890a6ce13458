import { valueText } from '../../option-columns.js';
import { formatMetric, metricTitle } from '../../units.js';
import { boundsText, partialMark, partialNotice, reportWords } from '../../explain.js';
import { button, h, section, textTable, type Child } from '../shared/dom.js';
import { pageHeader, shareBar, tile } from '../shared/frame.js';
import type { Report } from './report.js';
import type { PageState } from './state.js';

/** Title, what was asked, and whether points are missing. */
export function header({ summary, points }: Report): HTMLElement {
  const { name, description, objectives, constraints, groupBy, seed } = summary;
  const words = reportWords(points);
  const asked = [
    ...objectives.map(({ metric, direction }) => `${direction} ${metricTitle(metric).toLowerCase()}`),
    ...constraints.map((constraint) => boundsText(constraint, words)),
    ...(groupBy === undefined ? [] : [`fronts by ${groupBy}`]),
    `seed ${seed}`,
  ];
  return pageHeader(name, description, asked, partialNotice(summary.counts));
}

/** Counts, hypervolume and knees as tiles. */
export function tiles({ summary, kneeIds, byId }: Report, state: PageState): HTMLElement {
  const { counts, volume, groups } = summary;
  const knees = [...kneeIds].map((id) => byId.get(id)?.label ?? id);
  const excluded = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.constraint > 0 ? [`${counts.constraint} outside constraints`] : []),
    ...(counts.notFinite > 0 ? [`${counts.notFinite} without finite objectives`] : []),
  ];
  const kneeButtons = [...kneeIds].map((id, i) =>
    button(knees[i] ?? id, 'Show this point', () => state.selected.set(id)),
  );
  return h(
    'div',
    { class: 'tiles' },
    tile('Points', partialMark(counts) || String(counts.points), excluded.join(', ') || 'all feasible'),
    tile(
      groups.length > 1 ? 'On the fronts' : 'On the front',
      String(counts.front),
      `of ${counts.feasible} feasible${groups.length > 1 ? `, ${groups.length} groups` : ''}`,
    ),
    tile(
      'Hypervolume',
      volume === undefined ? '–' : `${(100 * volume.normalized).toFixed(1)} %`,
      'of the box from best to reference values',
    ),
    tile(
      knees.length > 1 ? 'Knees' : 'Knee',
      knees.length === 0 ? 'none' : '',
      knees.length === 0 ? 'no front bulges past its extremes' : undefined,
      ...kneeButtons,
    ),
    ...summary.best.map(({ metric, direction, id, value }) =>
      tile(
        `${direction === 'minimize' ? 'Least' : 'Most'} ${metricTitle(metric).toLowerCase()}`,
        formatMetric(metric, value),
        undefined,
        button(byId.get(id)?.label ?? id, 'Show this point', () => state.selected.set(id)),
      ),
    ),
  );
}

/** Fronts side by side, when there is more than one. */
export function groupsSection({ summary, byId }: Report): HTMLElement | undefined {
  const { groups, groupBy, objectives } = summary;
  if (groupBy === undefined) return undefined;
  const rows = groups.map(({ key, points, front, normalized, knee }) => [
    key,
    String(points),
    String(front.length),
    `${(100 * normalized).toFixed(1)} %`,
    ...objectives.map(({ metric, direction }) => {
      const values = front.flatMap((id) => byId.get(id)?.metrics[metric] ?? []);
      return formatMetric(
        metric,
        values.length === 0 ? undefined : direction === 'minimize' ? Math.min(...values) : Math.max(...values),
      );
    }),
    knee === undefined ? '–' : (byId.get(knee.id)?.label ?? knee.id),
  ]);
  const header = [
    groupBy,
    'Points',
    'On front',
    'Hypervolume',
    ...objectives.map(({ metric }) => `Best ${metricTitle(metric).toLowerCase()}`),
    'Knee',
  ];
  const numeric = new Set(header.map((_, i) => i).filter((i) => i > 0 && i < header.length - 1));
  return section(
    'groups',
    'Fronts by group',
    'Hypervolumes are measured against one reference, so they compare.',
    textTable(header, rows, numeric),
  );
}

/** What each value of each varied option reaches. */
export function optionsSection({ summary }: Report): HTMLElement | undefined {
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
      ...objectives.map(({ metric }) => formatMetric(metric, best[metric])),
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
