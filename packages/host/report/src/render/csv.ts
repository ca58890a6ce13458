import { valueText } from '../option-columns.js';
import type { ReportModel, ReportPoint } from '../report-model.js';

/**
 * `pareto.csv`: one row a feasible point with its group, rank and front membership, every metric in its own unit and every option;
 * of a sweep of two steps also which point it confirms, and, without a rank, the points that only the first step has.
 * Full precision, comma separated, quoted as in RFC 4180, lines end in `\n`. Text that a spreadsheet would run as a formula
 * is prefixed with an apostrophe.
 */
export function renderCsv(model: ReportModel): string {
  const feasible = model.points.filter(({ state }) => state === 'feasible' || state === 'screened');
  return csvOf(feasible, model);
}

/** What a row is about; `rank` is empty for points off the fronts, and so is a metric that a point lacks. */
interface CsvPoint extends Pick<ReportPoint, 'id' | 'group' | 'rank' | 'refines' | 'options'> {
  readonly metrics: Readonly<Record<string, number | undefined>>;
}

/** The same for any points. */
export function csvOf(
  points: readonly CsvPoint[],
  { metrics, columns, refinement }: Pick<ReportModel, 'metrics' | 'columns' | 'refinement'>,
): string {
  const steps = refinement === undefined ? [] : ['refines'];
  const header = ['pointId', 'group', 'rank', 'onFront', ...steps, ...metrics, ...columns.map(({ key }) => key)];
  const row = (point: CsvPoint): string[] => [
    text(point.id),
    text(point.group),
    String(point.rank ?? ''),
    String(point.rank === 1),
    ...steps.map(() => text(point.refines ?? '')),
    ...metrics.map((metric) => String(point.metrics[metric] ?? '')),
    ...columns.map(({ key }) => {
      const value = point.options[key];
      return typeof value === 'number' ? String(value) : text(valueText(value));
    }),
  ];
  return [header.map(text), ...points.map(row)].map((cells) => `${cells.map(quote).join(',')}\n`).join('');
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
