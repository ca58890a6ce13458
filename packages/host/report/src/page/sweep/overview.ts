import { metricTitle } from '../../units.js';
import { boundsText, partialMark, partialNotice, reportWords, estimateText, volumeText } from '../../explain.js';
import { button, h, section, textTable } from '../shared/dom.js';
import { pageHeader, tile } from '../shared/frame.js';
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

/** Counts, hypervolume, knees and best points, each in a line or two. */
export function tiles({ summary, kneeIds, byId, show }: Report, state: PageState): HTMLElement {
  const { counts, volume, groups } = summary;
  const excluded = [
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.constraint > 0 ? [`${counts.constraint} outside constraints`] : []),
    ...(counts.notFinite > 0 ? [`${counts.notFinite} without finite objectives`] : []),
  ];
  const labelOf = (id: string): string => byId.get(id)?.label ?? id;
  const choose = (text: string, id: string): HTMLElement => {
    const element = button(text, `Show ${labelOf(id)}`, () => state.selected.set(id));
    element.classList.add('cut');
    return element;
  };
  const knees = groups.flatMap(({ key, knee }) => (knee === undefined ? [] : [{ key, id: knee.id }]));
  const kneeButtons = knees.map(({ key, id }) => choose(knees.length === 1 ? labelOf(id) : key, id));
  return h(
    'div',
    { class: 'tiles' },
    tile('Points', partialMark(counts) || String(counts.points), excluded.join(', ') || 'all feasible'),
    tile(
      groups.length > 1 ? 'On the fronts' : 'On the front',
      String(counts.front),
      `of ${counts.feasible} feasible${groups.length > 1 ? `, ${groups.length} groups` : ''}`,
    ),
    volume === undefined
      ? undefined
      : tile('Hypervolume', volumeText(volume), estimateText(volume) || 'of the best possible'),
    counts.front === 0
      ? undefined
      : tile(
          kneeIds.size > 1 ? `Knees (${kneeIds.size})` : 'Knee',
          kneeIds.size === 0 ? 'none' : kneeIds.size === 1 ? '1' : '',
          kneeIds.size === 0 ? 'no front bulges past its extremes' : undefined,
          kneeButtons.length > 1 ? h('div', { class: 'choices' }, ...kneeButtons) : kneeButtons[0],
        ),
    ...summary.best.map(({ metric, direction, id, value }) =>
      tile(
        `${direction === 'minimize' ? 'Least' : 'Most'} ${metricTitle(metric).toLowerCase()}`,
        show(metric, value),
        undefined,
        choose(labelOf(id), id),
      ),
    ),
  );
}

/** Fronts side by side, when there is more than one. */
export function groupsSection({ summary, byId, show }: Report): HTMLElement | undefined {
  const { groups, groupBy, objectives } = summary;
  if (groupBy === undefined) return undefined;
  const rows = groups.map(({ key, points, front, knee, ...volume }) => [
    key,
    String(points),
    String(front.length),
    volumeText(volume),
    ...objectives.map(({ metric, direction }) => {
      const values = front.flatMap((id) => byId.get(id)?.metrics[metric] ?? []);
      return show(
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
