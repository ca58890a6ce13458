import { printableLine } from '@archon-dse/core';
import Table from 'cli-table3';
import { PAGE_COLUMNS, wrapText } from './format.js';

const GAP = '  ';
/** A wrapped column is never narrower. */
const NARROWEST = 30;

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: GAP,
};

type Cells = readonly (string | number)[];

/** Rows in aligned columns, numbers to the right, without lines. A cell is a single line. */
export function formatTable(head: readonly string[], rows: readonly Cells[]): string {
  return layOut(head, rows.map(printableCells));
}

/** The same, with the last column in as many lines as it needs to fit the page. */
export function formatWrappedTable(head: readonly string[], rows: readonly Cells[]): string {
  const cells = rows.map(printableCells);
  const widths = head.map((title, column) =>
    Math.max(...[head, ...cells].map((row) => row[column]?.length ?? title.length)),
  );
  const room = PAGE_COLUMNS - widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  return layOut(
    head,
    cells.map((row) => [...row.slice(0, -1), wrapText(row.at(-1) ?? '', Math.max(room, NARROWEST))]),
  );
}

function printableCells(row: Cells): readonly string[] {
  return row.map((cell) => printableLine(String(cell)));
}

function layOut(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => isNumeric(row[column])));
  const table = new Table({
    head: [...head],
    chars: PLAIN,
    colAligns: numeric.map((isRight) => (isRight ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function isNumeric(cell = ''): boolean {
  return /^[-+]?[\d.,]+( ?[a-zA-Z%][\w%]{0,2})?$|^-?$/.test(cell);
}
