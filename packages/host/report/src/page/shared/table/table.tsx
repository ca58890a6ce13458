import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Scrolling } from '../controls.js';
import { nextSort, sortRows, type Sort, type SortKey } from './sort.js';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row, index: number) => ComponentChildren;
  /** Right-aligned. */
  readonly numeric?: boolean;
  /** Its cells name their rows. */
  readonly names?: boolean;
  /** What the column sorts by; without it the title is plain. */
  readonly sortBy?: (row: Row) => SortKey;
  /** Largest first at the first click. */
  readonly descendsFirst?: boolean;
  /** Stands under the title. */
  readonly under?: ComponentChildren;
}

interface TableProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly class?: string;
  /** Without titles. */
  readonly headless?: boolean;
  readonly classOf?: (row: Row) => string | undefined;
}

/** A table in the given order, until the reader sorts it by a column that can. */
export function Table<Row>({ columns, rows, class: name, headless = false, classOf }: TableProps<Row>) {
  const sort = useSignal<Sort | undefined>(undefined);
  const sorted = useSorted(columns, rows, sort.value);
  return (
    <table class={name}>
      {!headless && <Head columns={columns} sort={sort.value} onSort={(next) => (sort.value = next)} />}
      <tbody>
        {sorted.map((row, index) => (
          <tr key={index} class={classOf?.(row)}>
            <Cells columns={columns} row={row} index={index} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A table that scrolls by itself where the page is too narrow for it. */
export function WideTable<Row>(props: TableProps<Row>) {
  return (
    <Scrolling>
      <Table {...props} />
    </Scrolling>
  );
}

/** A name in a cell. However long, and without a space, it leaves the numbers beside it in sight. */
export function Name({ children }: { readonly children: string }) {
  return <span class="name">{children}</span>;
}

/** The rows in the order of the sort. */
export function useSorted<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  sort: Sort | undefined,
): readonly Row[] {
  return useMemo(
    () => (sort === undefined ? rows : sortRows(rows, columns[sort.column]?.sortBy, sort.ascending)),
    [columns, rows, sort],
  );
}

interface HeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
}

/** Titles; those that sort are buttons. */
export function Head<Row>({ columns, sort, onSort }: HeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map(({ title, numeric, sortBy, descendsFirst, under }, at) => (
          <th
            key={title || at}
            scope="col"
            class={alignment(numeric)}
            aria-sort={sort?.column === at ? orderOf(sort) : undefined}
          >
            {sortBy === undefined ? (
              title
            ) : (
              <button
                type="button"
                class="sorts"
                title={`Sort by ${title.toLowerCase()}`}
                onClick={() => onSort(nextSort(sort, at, descendsFirst))}
              >
                {title}
                <span class="order" aria-hidden="true" />
              </button>
            )}
            {under}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface CellsProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly row: Row;
  readonly index: number;
}

export function Cells<Row>({ columns, row, index }: CellsProps<Row>) {
  return (
    <>
      {columns.map(({ cell, numeric, names }, at) =>
        names === true ? (
          <th key={at} scope="row">
            {cell(row, index)}
          </th>
        ) : (
          <td key={at} class={alignment(numeric)}>
            {cell(row, index)}
          </td>
        ),
      )}
    </>
  );
}

function alignment(numeric: boolean | undefined): string | undefined {
  return numeric === true ? 'num' : undefined;
}

function orderOf({ ascending }: Sort): 'ascending' | 'descending' {
  return ascending ? 'ascending' : 'descending';
}
