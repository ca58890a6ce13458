import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { rowsInSight } from './rows-in-sight.js';
import type { Sort } from './sort.js';
import { Cells, Head, useSorted, type Column } from './table.js';

interface GridProps<Row> {
  /** What a screen reader says it is. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** CSS width of each column. */
  readonly widths: readonly string[];
  readonly rows: readonly Row[];
  readonly isShown: (row: Row) => boolean;
  /** Said where no row is shown. */
  readonly none: string;
  readonly firstSort: Sort;
  readonly heightPx: number;
  readonly keyOf: (row: Row) => string;
  /** Key of the chosen row. */
  readonly chosen: string;
  readonly onChoose: (row: Row) => void;
  readonly classOf: (row: Row) => string;
}

/** Height of every row, so that rows need not be measured. */
export const ROW_PX = 33;

/**
 * A table of thousands of rows, of which only those in sight are drawn. A click or Enter chooses a row; Tab reaches one row, from which the
 * arrow keys go on.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { label, columns, widths, rows, isShown, none, heightPx } = props;
  const sort = useSignal(props.firstSort);
  const topPx = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  const shown = useSorted(columns, rows, sort.value).filter(isShown);
  const [start, end] = rowsInSight({ topPx: topPx.value, heightPx, rowPx: ROW_PX, count: shown.length });
  // A list that got shorter may have scrolled by itself.
  useLayoutEffect(() => {
    topPx.value = box.current?.scrollTop ?? 0;
  }, [shown.length]);
  return (
    <div
      class="grid"
      style={{ height: `${heightPx}px` }}
      ref={box}
      onScroll={({ currentTarget }) => (topPx.value = currentTarget.scrollTop)}
    >
      <table role="grid" aria-label={label} aria-rowcount={shown.length + 1}>
        <colgroup>
          {widths.map((width, at) => (
            <col key={at} style={{ width }} />
          ))}
        </colgroup>
        <Head columns={columns} sort={sort.value} onSort={(next) => (sort.value = next)} />
        <Gap rows={start} />
        <GridRows {...props} shown={shown.slice(start, end)} start={start} />
        <Gap rows={shown.length - end} />
      </table>
      {shown.length === 0 && <p class="muted">{none}</p>}
    </div>
  );
}

/** The place of rows that are not drawn. */
function Gap({ rows }: { readonly rows: number }) {
  if (rows === 0) return null;
  return (
    <tbody class="gap" aria-hidden="true">
      <tr>
        <td style={{ height: `${rows * ROW_PX}px` }} />
      </tr>
    </tbody>
  );
}

interface GridRowsProps<Row> extends GridProps<Row> {
  readonly shown: readonly Row[];
  /** Rows above the shown ones. */
  readonly start: number;
}

function GridRows<Row>({ columns, shown, start, keyOf, chosen, onChoose, classOf }: GridRowsProps<Row>) {
  const focused = useSignal('');
  const keys = shown.map(keyOf);
  const entry = [focused.value, chosen].find((key) => keys.includes(key)) ?? keys[0];
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }, row: Row): void => {
    const { key, currentTarget } = event;
    if (key === 'Enter' || key === ' ') onChoose(row);
    else if (key === 'ArrowDown') focusOn(currentTarget.nextElementSibling);
    else if (key === 'ArrowUp') focusOn(currentTarget.previousElementSibling);
    else return;
    event.preventDefault();
  };
  return (
    <tbody>
      {shown.map((row, at) => (
        <tr
          key={keys[at]}
          class={classOf(row)}
          tabIndex={keys[at] === entry ? 0 : -1}
          aria-selected={keys[at] === chosen}
          aria-rowindex={start + at + 2}
          onClick={() => onChoose(row)}
          onKeyDown={(event) => onKeyDown(event, row)}
          onFocus={() => (focused.value = keys[at] ?? '')}
          onBlur={() => (focused.value = '')}
        >
          <Cells columns={columns} row={row} index={start + at} />
        </tr>
      ))}
    </tbody>
  );
}

function focusOn(row: Element | null): void {
  if (row instanceof HTMLElement) row.focus();
}
