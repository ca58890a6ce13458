import type { CellRow } from './cells.js';

export interface Mismatch {
  readonly row: string;
  readonly column: string;
  readonly published: string;
  readonly ours: number;
}

/** How one published table compares. */
export interface Comparison {
  /** Cells compared. */
  readonly cells: number;
  readonly matched: number;
  /** Published cells we quote and do not compute; not among `cells`. */
  readonly quoted: number;
  readonly mismatches: readonly Mismatch[];
}

type PublishedRow = Readonly<Record<string, string>>;

/** Compares every cell of the published rows that we do not quote; rows pair by position. */
export function compareRows(
  ours: readonly CellRow[],
  published: readonly PublishedRow[],
  columns: readonly string[],
): Comparison {
  const mismatches: Mismatch[] = [];
  let cells = 0;
  let quoted = 0;
  const missing: CellRow = { row: '', cells: {} };
  published.forEach((row, index) => {
    const own = ours[index] ?? missing;
    for (const column of columns) {
      if (own.quoted?.includes(column) === true) {
        quoted += 1;
        continue;
      }
      const text = row[column] ?? '';
      const value = own.cells[column] ?? Number.NaN;
      cells += 1;
      if (!agrees(text, value)) mismatches.push({ row: own.row, column, published: text, ours: value });
    }
  });
  const extra = ours.slice(published.length).flatMap((own) => columns.map((column) => ({ own, column })));
  for (const { own, column } of extra) {
    mismatches.push({ row: own.row, column, published: '', ours: own.cells[column] ?? Number.NaN });
  }
  cells += extra.length;
  return { cells, matched: cells - mismatches.length, quoted, mismatches };
}

/** Cells printed in full hold a double whose last digits depend on the order of summation. */
const ROUNDING = 1e-12;

/** Whether a number is what a cell shows: whole numbers exactly, others to the decimals printed. */
export function agrees(published: string, ours: number): boolean {
  const value = Number(published);
  if (Number.isNaN(ours) || published === '') return false;
  const decimals = published.split('.')[1]?.length ?? 0;
  if (decimals === 0 || (Number.isInteger(value) && Number.isInteger(ours))) return value === ours;
  return Math.abs(ours - value) <= 0.5 * 10 ** -decimals + ROUNDING * Math.abs(value);
}
