/** What a cell sorts by; NaN where it is empty. */
export type SortKey = string | number;

/** By which column a table is sorted. */
export interface Sort {
  readonly column: number;
  readonly ascending: boolean;
}

const WORDS = new Intl.Collator('en');

/** Rows in the order of their keys, those of equal keys in the order they came in; empty cells count as the largest. */
export function sortRows<Row>(
  rows: readonly Row[],
  keyOf: ((row: Row) => SortKey) | undefined,
  ascending: boolean,
): readonly Row[] {
  if (keyOf === undefined) return rows;
  const sign = ascending ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  return keyed.sort((a, b) => sign * compareKeys(a.key, b.key)).map(({ row }) => row);
}

/** The sort after a click on a title: the other way round where the table is sorted by it already. */
export function nextSort(sort: Sort | undefined, column: number, descendsFirst = false): Sort {
  return { column, ascending: sort?.column === column ? !sort.ascending : !descendsFirst };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (typeof a !== 'number' || typeof b !== 'number') return WORDS.compare(String(a), String(b));
  const [left, right] = [a, b].map((key) => (Number.isNaN(key) ? Infinity : key)) as [number, number];
  return left === right ? 0 : left - right;
}
