import { Section } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { comparePoints, type ComparedRow } from './state/comparison.js';
import type { SweepPage } from './state/sweep-page.js';

/** The chosen point beside the one that was kept; nothing until there are two. */
export function Compare({ page }: { readonly page: SweepPage }) {
  const [one, other] = [page.chosen.value, page.kept.value];
  if (one === undefined || other === undefined || one === other) return null;
  const { metrics, components, options } = comparePoints(one, other, page.report);
  return (
    <Section
      id="compare"
      title="Two points side by side"
      lead="The chosen point, the one that was kept (dashed ring in the plot), and what the first is of the second."
    >
      <WideTable columns={valueColumns('Metric', one.label, other.label)} rows={metrics} />
      <div class="columns">
        <div>
          <WideTable columns={valueColumns('Energy of', 'Chosen', 'Kept')} rows={components} />
        </div>
        <div>
          <WideTable columns={OPTION_COLUMNS} rows={options} />
        </div>
      </div>
    </Section>
  );
}

const OPTION_COLUMNS: readonly Column<ComparedRow>[] = [
  { title: 'Option in which they differ', cell: ({ name }) => name },
  { title: 'Chosen', cell: ({ one }) => one },
  { title: 'Kept', cell: ({ other }) => other },
];

function valueColumns(title: string, chosen: string, kept: string): readonly Column<ComparedRow>[] {
  return [
    { title, cell: ({ name }) => name },
    { title: chosen, numeric: true, cell: ({ one, better }) => <Value text={one} isBetter={better === 'one'} /> },
    { title: kept, numeric: true, cell: ({ other, better }) => <Value text={other} isBetter={better === 'other'} /> },
    { title: 'Chosen / kept', numeric: true, cell: ({ ratio }) => ratio },
  ];
}

function Value({ text, isBetter }: { readonly text: string; readonly isBetter: boolean }) {
  if (!isBetter) return <>{text}</>;
  return (
    <span>
      <span class="badge good">better</span> <strong>{text}</strong>
    </span>
  );
}
