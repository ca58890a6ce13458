import { Section } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';
import type { ServedSweep } from '../../live/live-model.js';
import { countText } from '../../units.js';
import { Bar } from './run.js';
import { searchOf, type LivePage } from './state/live-page.js';
import { StateBadge } from './state-badge.js';
import { doneOf } from './state/words.js';

/** All sweeps that are served, each with a link to its page; nothing where there is only the one that is shown. */
export function SweepList({ page }: { readonly page: LivePage }) {
  const sweeps = page.sweeps.value;
  if (sweeps === undefined || (sweeps.length === 1 && page.sweep.value !== '')) return null;
  return (
    <Section
      id="sweeps"
      title="Sweeps"
      lead="Those in the folders that are served; one that is started there appears by itself."
    >
      {sweeps.length === 0 ? (
        <p class="muted">There is none yet.</p>
      ) : (
        <WideTable columns={columnsOf(page)} rows={sweeps} />
      )}
    </Section>
  );
}

function columnsOf(page: LivePage): readonly Column<ServedSweep>[] {
  return [
    {
      title: 'Sweep',
      names: true,
      cell: ({ id, name }) => (
        <a href={searchOf(id)} aria-current={id === page.sweep.value ? 'page' : undefined}>
          {name}
        </a>
      ),
    },
    { title: 'Run', cell: ({ state }) => <StateBadge state={state} /> },
    {
      title: 'Done',
      cell: (sweep) => <Bar done={doneOf(sweep)[0]} total={doneOf(sweep)[1]} label={`Points of ${sweep.name}`} />,
    },
    { title: 'Points', numeric: true, cell: (sweep) => pointsText(sweep) },
    { title: 'Failed', numeric: true, cell: ({ points }) => (points === undefined ? '–' : countText(points.failed)) },
    { title: 'Folder', cell: ({ folder }) => <code>{folder}</code> },
  ];
}

function pointsText(sweep: ServedSweep): string {
  const [done, total] = doneOf(sweep);
  return sweep.points === undefined ? '–' : `${countText(done)} of ${countText(total)}`;
}
