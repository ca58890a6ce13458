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
} from 'tabulator-tables';
import { button, checkbox, h, section } from '../shared/dom.js';
import type { Field } from './fields.js';
import type { Report } from './report.js';
import { saveSelection } from './selection.js';
import type { PageState } from './state.js';
import { filterInput, filterMessages } from './table-filters.js';
import { formatRow, makeOperable, type Row } from './table-rows.js';

Tabulator.registerModule([EditModule, FilterModule, FormatModule, InteractionModule, ResizeTableModule, SortModule]);

/** Narrowest and widest a column starts out. */
const WIDTHS = { least: 84, most: 230 };
/** Pixels; of one height, rows need not be measured. */
const ROW_HEIGHT = 33;

/** All points: sort by a column's title, filter in the row below it, choose with a click or Enter. */
export function tableSection(report: Report, state: PageState): HTMLElement {
  const holder = h('div', { id: 'points-table' });
  const table = new Tabulator(holder, {
    data: report.points.map((point): Row => rowOf(point.index, state.fields, report)),
    columns: state.fields.map((field, at) => columnOf(field, at, report, state)),
    index: 'at',
    rowHeight: ROW_HEIGHT,
    height: Math.min(560, 100 + ROW_HEIGHT * report.points.length),
    layout: 'fitDataFill',
    initialSort: [{ column: 'f0', dir: 'asc' }],
    placeholder: h('p', { class: 'muted' }, 'No point passes the filters and brushes.'),
    rowFormatter: (row) => formatRow(row, report, state),
  });
  const refilter = (): void => {
    const { mask } = state.passing.value;
    table.setFilter((row: Row) => mask[row.at] === 1);
  };
  let chosen = state.selected.value;
  table.on('tableBuilt', () => {
    makeOperable(table, holder);
    if (state.passing.value.count < report.points.length) refilter();
    let timer: ReturnType<typeof setTimeout> | undefined;
    state.passing.onChange(() => {
      clearTimeout(timer);
      timer = setTimeout(refilter, SETTLE_MS);
    });
    state.selected.onChange((id) => {
      for (const one of [chosen, id]) {
        const at = report.byId.get(one)?.index;
        if (at !== undefined) table.getRow(at)?.reformat();
      }
      chosen = id;
    });
  });
  table.on('rowClick', (_event, row) => state.selected.set(report.points[(row.getData() as Row).at]?.id ?? ''));
  return section(
    'points',
    'All points',
    'Every evaluated point. The fields under the titles filter by what the cells show: 486.6 µJ, < 1 mJ, 1.2M..3M, >= 90 %, or a part of a text.',
    controlsOf(report, state),
    filterMessages(state),
    holder,
  );
}

/** The plots follow a brush at once, the table when it rests. */
const SETTLE_MS = 60;

function controlsOf(report: Report, state: PageState): HTMLElement {
  const count = h('span', { class: 'muted', id: 'passing-count', role: 'status' });
  const save = button('Save as CSV', 'Save the points that pass, with every metric and option', () =>
    saveSelection(report, state.passing.value.mask),
  );
  const clear = button('Clear filters', 'Empty the filter fields and the brushes', () => {
    state.filters.set(new Map());
    state.brushes.set(new Map());
    state.frontsOnly.set(false);
  });
  const fronts = checkbox('fronts only', state.frontsOnly.value, (checked) => state.frontsOnly.set(checked));
  const box = fronts.querySelector('input');
  state.frontsOnly.onChange((checked) => {
    if (box !== null) box.checked = checked;
  });
  state.passing.watch((passing) => {
    count.textContent = `${passing.count} of ${report.points.length} points`;
    save.toggleAttribute('disabled', passing.count === 0);
    const hasAny = state.filters.value.size + state.brushes.value.size > 0 || state.frontsOnly.value;
    clear.toggleAttribute('disabled', !hasAny);
  });
  return h('div', { class: 'controls' }, fronts, clear, save, count);
}

/** What a row sorts by: numbers, or texts. */
function rowOf(at: number, fields: readonly Field[], { points }: Report): Row {
  const row: Record<string, number | string> & { at: number } = { at };
  const point = points[at];
  for (const [i, { numbers, textOf }] of fields.entries()) {
    row[`f${i}`] = numbers?.[at] ?? (point === undefined ? '' : textOf(point));
  }
  return row;
}

function columnOf(field: Field, at: number, { points }: Report, state: PageState): ColumnDefinition {
  const numeric = field.numbers !== undefined;
  const cell = (component: CellComponent): HTMLElement => {
    const point = points[(component.getRow().getData() as Row).at];
    return h('span', {}, point === undefined ? '' : field.textOf(point));
  };
  return {
    title: field.title,
    titleFormatter: () => h('span', {}, field.title) as never,
    field: `f${at}`,
    formatter: cell,
    hozAlign: numeric ? 'right' : 'left',
    sorter: numeric ? missingLast : 'string',
    minWidth: WIDTHS.least,
    maxInitialWidth: WIDTHS.most,
    headerFilter: () => filterInput(field, state),
    headerFilterLiveFilter: false,
    headerFilterFunc: () => true,
  } as ColumnDefinition;
}

/** Numbers ascending; absent ones after all others. */
function missingLast(a: unknown, b: unknown): number {
  const [left, right] = [a, b].map((value) => (typeof value === 'number' && !Number.isNaN(value) ? value : Infinity));
  return left === right ? 0 : (left ?? 0) - (right ?? 0);
}
