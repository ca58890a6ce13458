import { effect, useSignal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { countText } from '../../units.js';
import { Button, Section } from '../shared/controls.js';
import { Grid, ROW_PX } from '../shared/table/grid.js';
import type { Column } from '../shared/table/table.js';
import { FilterInput, FilterMessages, FrontsOnly } from './filters.js';
import { saveSelection } from './save-selection.js';
import type { Field } from './state/fields.js';
import type { Point } from './state/report.js';
import { isNarrowed, widen, type SweepPage } from './state/sweep-page.js';

/** All points: sort by a column's title, filter in the row below it, choose with a click or Enter. */
export function PointsTable({ page }: { readonly page: SweepPage }) {
  return (
    <Section
      id="points"
      title="All points"
      lead="Every evaluated point. The fields under the titles filter by what the cells show: 486.6 µJ, < 1 mJ, 1.2M..3M, >= 90 %, or a part of a text."
    >
      <Controls page={page} />
      <FilterMessages page={page} />
      <Points page={page} />
    </Section>
  );
}

function Controls({ page }: { readonly page: SweepPage }) {
  const { report } = page;
  const { mask, count } = page.passing.value;
  return (
    <div class="controls">
      <FrontsOnly page={page} />
      <Button title="Empty the filter fields and the brushes" disabled={!isNarrowed(page)} onClick={() => widen(page)}>
        Clear filters
      </Button>
      <Button
        title="Save the points that pass, with every metric and option"
        disabled={count === 0}
        onClick={() => saveSelection(report, mask)}
      >
        Save as CSV
      </Button>
      <span class="muted" id="passing-count" role="status">
        {`${countText(count)} of ${countText(report.points.length)} points`}
      </span>
    </div>
  );
}

function Points({ page }: { readonly page: SweepPage }) {
  const { report, fields, selected } = page;
  const { mask } = useSettled(page.passing);
  const columns = useMemo(() => fields.map((field) => columnOf(page, field)), [page]);
  const widths = useMemo(() => fields.map((field) => widthOf(field, report.points)), [page]);
  return (
    <div id="points-table">
      <Grid
        label="All points"
        columns={columns}
        widths={widths}
        rows={report.points}
        isShown={({ index }) => mask[index] === 1}
        none="No point passes the filters and brushes."
        firstSort={{ column: 0, ascending: true }}
        heightPx={Math.min(560, 100 + ROW_PX * report.points.length)}
        keyOf={({ id }) => id}
        chosen={selected.value}
        onChoose={({ id }) => (selected.value = id)}
        classOf={({ rank }) => (rank === 1 ? 'is-front' : rank === undefined ? 'is-off' : '')}
      />
    </div>
  );
}

/** The plots follow a brush at once, the table when it rests. */
const SETTLE_MS = 60;

/** The value of a signal once it rests. */
function useSettled<T>(source: ReadonlySignal<T>): T {
  const settled = useSignal(source.peek());
  const latest = useRef(source);
  if (latest.current !== source) {
    latest.current = source; // of another report: what was settled says nothing about it
    settled.value = source.peek();
  }
  useEffect(
    () =>
      effect(() => {
        const { value } = source;
        const timer = setTimeout(() => (settled.value = value), SETTLE_MS);
        return () => clearTimeout(timer);
      }),
    [source],
  );
  return settled.value;
}

function columnOf(page: SweepPage, field: Field): Column<Point> {
  const { title, numbers, textOf } = field;
  return {
    title,
    numeric: numbers !== undefined,
    cell: textOf,
    sortBy: numbers === undefined ? textOf : ({ index }) => numbers[index] ?? NaN,
    under: <FilterInput page={page} field={field} />,
  };
}

/** Points whose texts say how wide a column is, spread over all that have a value in it. */
const MEASURED = 200;
/** Columns have room for the chosen row, which is bold: by how much it is wider at most. */
const BOLD = 1.2;

/** As wide as its title and its texts, within bounds. */
function widthOf({ title, numbers, textOf }: Field, points: readonly Point[]): string {
  const valued = numbers === undefined ? points : points.filter(({ index }) => !Number.isNaN(numbers[index] ?? NaN));
  const texts = spread(valued, MEASURED).map((point) => Math.ceil(BOLD * textOf(point).length));
  return `clamp(84px, ${Math.max(title.length + 2, ...texts)}ch + 24px, 230px)`;
}

/** Share of the golden ratio: steps of it fall between each other, in time with no axis of the points. */
const GOLDEN = 0.618034;

/** So many of a list, spread over it, or all. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const places = Array.from({ length: most }, (_, i) => Math.floor(((i * GOLDEN) % 1) * items.length));
  return places.flatMap((at) => items.slice(at, at + 1));
}
