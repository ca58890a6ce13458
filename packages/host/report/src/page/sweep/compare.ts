import { h, section, textTable, type Child } from '../shared/dom.js';
import { comparePoints, type ComparedRow } from './comparison.js';
import type { Point, Report } from './report.js';
import type { PageState } from './state.js';

/** The chosen point beside the one that was kept; hidden until there are two. */
export function compareSection(report: Report, state: PageState): HTMLElement {
  const body = h('div');
  const element = section(
    'compare',
    'Two points side by side',
    'The chosen point, the one that was kept (dashed ring in the plot), and what the first is of the second.',
    body,
  );
  const show = (): void => {
    const one = report.byId.get(state.selected.value);
    const other = report.byId.get(state.compared.value);
    element.hidden = one === undefined || other === undefined || one === other;
    if (one !== undefined && other !== undefined) body.replaceChildren(...tables(one, other, report));
  };
  state.selected.onChange(show);
  state.compared.onChange(show);
  show();
  return element;
}

function tables(one: Point, other: Point, report: Report): HTMLElement[] {
  const { metrics, components, options } = comparePoints(one, other, report);
  const table = (title: string, rows: readonly ComparedRow[], chosen: string, kept: string): HTMLElement =>
    textTable([title, chosen, kept, 'Chosen / kept'], rows.map(cells), new Set([1, 2, 3]));
  return [
    table('Metric', metrics, one.label, other.label),
    h(
      'div',
      { class: 'columns' },
      h('div', {}, table('Energy of', components, 'Chosen', 'Kept')),
      h(
        'div',
        {},
        textTable(
          ['Option in which they differ', 'Chosen', 'Kept'],
          options.map((row) => [row.name, row.one, row.other]),
          new Set(),
        ),
      ),
    ),
  ];
}

function cells({ name, one, other, ratio, better }: ComparedRow): Child[] {
  const value = (text: string, isBetter: boolean): Child =>
    isBetter ? h('span', {}, h('span', { class: 'badge good' }, 'better'), ' ', h('strong', {}, text)) : text;
  return [name, value(one, better === 'one'), value(other, better === 'other'), ratio];
}
