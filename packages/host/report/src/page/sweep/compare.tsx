import { Section } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import { CompareLayers } from './compare-layers.js';
import { besideOthers, type ManyRow } from './state/comparison.js';
import type { SweepPage } from './state/sweep-page.js';

/** The chosen point beside those that were kept; nothing until there are two. */
export function Compare({ page }: { readonly page: SweepPage }) {
  const one = page.chosen.value;
  const others = page.kept.value.filter((point) => point !== one);
  if (one === undefined || others.length === 0) return null;
  const { metrics, components, options } = besideOthers(one, others, page.report);
  const [names, short] = [others.map(({ label }) => label), others.map((_, at) => keptName(at, others.length))];
  return (
    <Section
      id="compare"
      title={others.length === 1 ? 'Two points side by side' : `${others.length + 1} points side by side`}
      lead="The chosen point, those that were kept (dashed rings in the plot), and what the first is of each of them."
    >
      <WideTable columns={valueColumns('Metric', one.label, names)} rows={metrics} />
      <div class="columns">
        <div>
          <WideTable columns={valueColumns('Energy of', 'Chosen', short)} rows={components} />
        </div>
        <div>
          <WideTable columns={optionColumns(short)} rows={options} />
        </div>
      </div>
      <CompareLayers page={page} one={one} others={others} />
    </Section>
  );
}

/** `Kept`, or `Kept 2` of several. */
export function keptName(at: number, count: number): string {
  return count === 1 ? 'Kept' : `Kept ${at + 1}`;
}

function optionColumns(names: readonly string[]): readonly Column<ManyRow>[] {
  return [
    { title: 'Option in which they differ', cell: ({ name }) => name },
    { title: 'Chosen', cell: ({ one }) => one },
    ...names.map((title, at): Column<ManyRow> => ({ title, cell: ({ others }) => others[at]?.value ?? '–' })),
  ];
}

function valueColumns(title: string, chosen: string, names: readonly string[]): readonly Column<ManyRow>[] {
  return [
    { title, cell: ({ name }) => name },
    { title: chosen, numeric: true, cell: ({ one, isBest }) => <Value text={one} isBetter={isBest} /> },
    ...names.flatMap((name, at): Column<ManyRow>[] => [
      {
        title: name,
        numeric: true,
        cell: ({ others }) => <Value text={others[at]?.value ?? '–'} isBetter={others[at]?.isBetter === true} />,
      },
      {
        title: `Chosen / ${keptName(at, names.length).toLowerCase()}`,
        numeric: true,
        cell: ({ others }) => others[at]?.ratio ?? '',
      },
    ]),
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
