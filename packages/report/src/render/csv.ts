import { valueText } from '../option-columns.js';
import type { ReportModel, ReportPoint } from '../report-model.js';

/**
 * `pareto.csv`: one row a feasible point with its group, rank and front membership, every metric in its own unit and every option.
 * Full precision, comma separated, quoted as in RFC 4180, lines end in `\n`. Text that a spreadsheet would run as a formula
 * is prefixed with an apostrophe.
 */
export function renderCsv({ points, metrics, columns }: ReportModel): string {
  const header = ['pointId', 'group', 'rank', 'onFront', ...metrics, ...columns.map(({ key }) => key)];
  const row = (point: ReportPoint): string[] => [
    text(point.id),
    text(point.group),
    String(point.rank),
    String(point.rank === 1),
    ...metrics.map((metric) => String(point.metrics[metric] ?? '')),
    ...columns.map(({ key }) => {
      const value = point.options[key];
      return typeof value === 'number' ? String(value) : text(valueText(value));
    }),
  ];
  const feasible = points.filter(({ state }) => state === 'feasible');
  return [header.map(text), ...feasible.map(row)].map((cells) => `${cells.map(quote).join(',')}\n`).join('');
}

/** Names and ids start with a letter; a leading `= + - @` comes from a hostile or mistyped one. */
function text(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

function quote(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
