import {
  EditModule,
  FilterModule,
  FormatModule,
  InteractionModule,
  ResizeTableModule,
  SortModule,
  Tabulator,
  type CellComponent,
  type ColumnDefinition,
  type RowComponent,
} from 'tabulator-tables';
import { formatMetric, metricTitle } from '../../units.js';
import { button, checkbox, h, section } from '../shared/dom.js';
import { matches } from './filter.js';
import { optionText, type Point, type Report } from './report.js';
import type { PageState } from './state.js';

Tabulator.registerModule([EditModule, FilterModule, FormatModule, InteractionModule, ResizeTableModule, SortModule]);

/** One table row: the point's id and one value a column. */
type Row = Record<string, string | number | undefined> & { readonly id: string };

const STATE_TEXT = {
  feasible: '',
  failed: 'failed',
  notFinite: 'no finite objective',
  constraint: 'outside constraints',
};

/** All points: sort by a column's title, filter in the row below it, choose with a click or Enter. */
export function tableSection(report: Report, state: PageState): HTMLElement {
  const holder = h('div', { id: 'points-table' });
  const count = h('span', { class: 'muted', 'aria-live': 'polite' });
  let frontOnly = false;
  const table = new Tabulator(holder, {
    data: report.points.map((point) => rowOf(point, report)),
    columns: columnsOf(report),
    height: Math.min(560, 96 + 34 * report.points.length),
    layout: 'fitDataFill',
    initialSort: [{ column: 'rank', dir: 'asc' }],
    placeholder: h('p', { class: 'muted' }, 'No point passes the filters.'),
    rowFormatter: (row) => formatRow(row, report, state),
  });
  const refilter = (): void => {
    const brushed = state.brushed.value;
    table.setFilter((row: Row) => (!frontOnly || row['rank'] === 1) && brushed?.has(row.id) !== false);
  };
  table.on('tableBuilt', () => {
    state.brushed.watch(refilter);
    state.selected.onChange(() => table.getRows('active').forEach((row) => row.reformat()));
    makeHeadersOperable(table);
  });
  table.on('dataFiltered', (_filters, rows) => {
    count.textContent = `${rows.length} of ${report.points.length} points`;
  });
  table.on('rowClick', (_event, row) => state.selected.set((row.getData() as Row).id));
  const controls = h(
    'div',
    { class: 'controls' },
    checkbox('fronts only', false, (checked) => {
      frontOnly = checked;
      refilter();
    }),
    button('Clear filters', 'Empty the filter fields', () => table.clearHeaderFilter()),
    count,
  );
  const lead =
    'Every evaluated point. Fields under the titles filter: part of a text, a number, or < <= > >= with a number (1.2e6, 40M, 35u).';
  return section('points', 'All points', lead, controls, holder);
}

function rowOf(point: Point, { columns, summary }: Report): Row {
  const row: Row = { id: point.id, rank: point.rank, state: STATE_TEXT[point.state] };
  for (const [i, { key, values }] of columns.entries()) {
    const value = point.options[key];
    row[`option${i}`] = isNumeric(values) ? (value as number | undefined) : optionText(point, key);
  }
  for (const [i, metric] of summary.metrics.entries()) row[`metric${i}`] = point.metrics[metric];
  return row;
}

function columnsOf({ columns, summary, points }: Report): ColumnDefinition[] {
  const text = (cell: CellComponent): HTMLElement => h('span', {}, String(cell.getValue() ?? ''));
  const option = (cell: CellComponent): HTMLElement => h('span', {}, String(cell.getValue() ?? '–'));
  const number = (metric: string) => (cell: CellComponent) =>
    h('span', {}, formatMetric(metric, cell.getValue() as number | undefined));
  const filter = { headerFilter: 'input', headerFilterFunc: matches } as const;
  const titled = (title: string): Partial<ColumnDefinition> => ({
    title,
    titleFormatter: () => h('span', {}, title) as never,
    ...filter,
  });
  const fixed = points.some(({ state }) => state !== 'feasible');
  return [
    { ...titled('Rank'), field: 'rank', sorter: missingLast, formatter: text, hozAlign: 'right', width: 84 },
    ...summary.metrics.slice(0, summary.objectives.length).map((metric, i) => metricColumn(metric, i)),
    ...columns.flatMap(({ label, varies, values }, i) => {
      if (!varies) return [];
      const kind = isNumeric(values)
        ? ({ sorter: missingLast, hozAlign: 'right' } as const)
        : ({ sorter: 'string' } as const);
      return { ...titled(label), field: `option${i}`, formatter: option, minWidth: 92, ...kind };
    }),
    ...summary.metrics.flatMap((metric, i) => (i < summary.objectives.length ? [] : metricColumn(metric, i))),
    ...(fixed ? [{ ...titled('State'), field: 'state', formatter: text, minWidth: 110 }] : []),
    { ...titled('Id'), field: 'id', formatter: text, minWidth: 120 },
  ] as ColumnDefinition[];

  function metricColumn(metric: string, i: number): Partial<ColumnDefinition> {
    const title = metricTitle(metric);
    return {
      ...titled(title),
      field: `metric${i}`,
      sorter: missingLast,
      formatter: number(metric),
      hozAlign: 'right',
      minWidth: 112,
    };
  }
}

function isNumeric(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number');
}

/** Numbers ascending; absent ones, which the library hands over as empty text, after all others. */
function missingLast(a: unknown, b: unknown): number {
  const [left, right] = [a, b].map((value) => (typeof value === 'number' && !Number.isNaN(value) ? value : Infinity));
  return left === right ? 0 : (left ?? 0) - (right ?? 0);
}

/** Marks the chosen and the front rows and makes a row operable by keyboard. */
function formatRow(row: RowComponent, report: Report, state: PageState): void {
  const { id } = row.getData() as Row;
  const element = row.getElement();
  const point = report.byId.get(id);
  element.classList.toggle('is-front', point?.rank === 1);
  element.classList.toggle('is-off', point?.rank === undefined);
  element.classList.toggle('is-selected', state.selected.value === id);
  element.setAttribute('aria-selected', String(state.selected.value === id));
  if (element.tabIndex === 0) return;
  element.tabIndex = 0;
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') state.selected.set(id);
    const next =
      event.key === 'ArrowDown'
        ? element.nextElementSibling
        : event.key === 'ArrowUp'
          ? element.previousElementSibling
          : null;
    if (next instanceof HTMLElement) next.focus();
    if (['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) event.preventDefault();
  });
}

/** Lets Tab reach the column titles and Enter sort by them. */
function makeHeadersOperable(table: Tabulator): void {
  for (const column of table.getColumns()) {
    const title = column.getElement().querySelector<HTMLElement>('.tabulator-col-content');
    const input = column.getElement().querySelector('input');
    input?.setAttribute('aria-label', `Filter ${column.getDefinition().title}`);
    if (title === null) continue;
    title.tabIndex = 0;
    title.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== title) return;
      const [current] = table.getSorters();
      const down = current?.field === column.getField() && current.dir === 'asc';
      table.setSort(column.getField(), down ? 'desc' : 'asc');
    });
  }
}
