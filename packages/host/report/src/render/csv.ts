import type { JsonValue } from '@archon-dse/core';
import { valueText } from '../option-columns.js';
import { STATES, valueOf } from '../points/point-table.js';
import type { ReportModel, ReportPoint } from '../report-model.js';

/**
 * `pareto.csv`: one row a feasible point with its group, rank and front membership, every metric in its own unit and every option;
 * of a sweep of two steps also which point it confirms, and, without a rank, the points that only the first step has.
 * Full precision, comma separated, quoted as in RFC 4180, lines end in `\n`. Text that a spreadsheet would run as a formula
 * is prefixed with an apostrophe.
 */
export function renderCsv(model: ReportModel): string {
  return [...csvChunks(model)].join('');
}

/** The same in parts of some hundred rows each, to be written one after the other. */
function* csvChunks(model: ReportModel): Generator<string> {
  const cellsOf = rowReader(model);
  yield csvHeader(model);
  let rows: string[] = [];
  for (const [at, state] of model.table.states.entries()) {
    if (state !== FEASIBLE && state !== SCREENED) continue;
    rows.push(cellsOf(at));
    if (rows.length < ROWS_OF_A_CHUNK) continue;
    yield rows.join('');
    rows = [];
  }
  yield rows.join('');
}

const ROWS_OF_A_CHUNK = 500;
const [FEASIBLE, SCREENED] = [STATES.indexOf('feasible'), STATES.indexOf('screened')];

/** Rows by the place of the point, each distinct value of an option written once. */
function rowReader({ metrics, refinement, table }: ReportModel): (at: number) => string {
  const options = table.options.columns.map(({ values }, i) => ({
    cells: values.map((value) => quote(optionCell(value))),
    codes: table.options.codes[i],
  }));
  const absent = quote(optionCell(undefined));
  const numbers = metrics.map((name) => table.metrics.get(name));
  const shapes = table.metricShapes.values.map((names) => metrics.map((name) => names.includes(name)));
  return (at) => {
    const has = valueOf({ values: shapes, codes: table.metricShapes.codes }, at) ?? [];
    const rank = table.ranks[at] ?? 0;
    const id = table.ids[at] ?? '';
    const cells = [
      quote(text(id)),
      quote(text(valueOf(table.groups, at) ?? '')),
      rank === 0 ? '' : String(rank),
      String(rank === 1),
      ...(refinement === undefined ? [] : [quote(text(table.refines.get(id) ?? ''))]),
      ...numbers.map((column, i) => (has[i] ? String(column?.[at] ?? '') : '')),
      ...options.map(({ cells: known, codes }) => known[codes?.[at] ?? -1] ?? absent),
    ];
    return `${cells.join(',')}\n`;
  };
}

function optionCell(value: JsonValue | undefined): string {
  return typeof value === 'number' ? String(value) : text(valueText(value));
}

/** What a row is about; `rank` is empty for points off the fronts, and so is a metric that a point lacks. */
interface CsvPoint extends Pick<ReportPoint, 'id' | 'group' | 'options'> {
  readonly rank?: number | undefined;
  readonly refines?: string | undefined;
  readonly metrics: Readonly<Record<string, number | undefined>>;
}

type CsvColumns = Pick<ReportModel, 'metrics' | 'columns' | 'refinement'>;

/** The same of points of the page. */
export function csvOf(points: Iterable<CsvPoint>, model: CsvColumns): string {
  return [csvHeader(model), ...Array.from(points, csvRow(model))].join('');
}

function csvHeader({ metrics, columns, refinement }: CsvColumns): string {
  const steps = refinement === undefined ? [] : ['refines'];
  return line(
    ['pointId', 'group', 'rank', 'onFront', ...steps, ...metrics, ...columns.map(({ key }) => key)].map(text),
  );
}

function csvRow({ metrics: names, columns, refinement }: CsvColumns): (point: CsvPoint) => string {
  return ({ id, group, rank, refines, metrics, options }) =>
    line([
      text(id),
      text(group),
      String(rank ?? ''),
      String(rank === 1),
      ...(refinement === undefined ? [] : [text(refines ?? '')]),
      ...names.map((metric) => String(metrics[metric] ?? '')),
      ...columns.map(({ key }) => optionCell(options[key])),
    ]);
}

/** One line of cells: numbers as they are, texts so that no spreadsheet runs them; nothing where there is no value. */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return line(cells.map((cell) => (typeof cell === 'string' ? text(cell) : String(cell ?? ''))));
}

function line(cells: readonly string[]): string {
  return `${cells.map(quote).join(',')}\n`;
}

/** What spreadsheets take for the start of a formula, in any width, also behind blanks and marks that show nothing. */
const FORMULA = /^[\s\u200b-\u200f\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** Names and ids start with a letter; another start comes from a hostile or mistyped one. Numbers do not come through here. */
function text(value: string): string {
  return FORMULA.test(value) ? `'${value}` : value;
}

/** Semicolons and tabs separate cells where the reader's language says so. */
function quote(cell: string): string {
  return /[",;\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
