import { shareText } from '../../units.js';
import { Swatch } from '../shared/legend.js';
import { Table, type Column } from '../shared/table/table.js';
import { energyParts, type EnergyPart } from './state/point-facts.js';
import type { Point } from './state/report.js';

const COLUMNS: readonly Column<EnergyPart>[] = [
  {
    title: 'Component',
    names: true,
    cell: ({ name, fill, split }) => (
      <>
        <Swatch fill={fill} />
        {name}
        {split !== '' && <small>{split}</small>}
      </>
    ),
  },
  { title: 'Energy', numeric: true, cell: ({ energy }) => energy },
  { title: 'Share', numeric: true, cell: ({ share }) => shareText(share) },
];

/** A point's energy as one bar and as a table. */
export function EnergyBreakdown({ point }: { readonly point: Point }) {
  const parts = energyParts(point);
  if (parts.length === 0) return <p class="muted">No energy by component is in this page.</p>;
  return (
    <div>
      <div class="stack" aria-hidden="true">
        {parts.map(({ name, fill, share }) => (
          <span key={name} style={{ flexGrow: String(share), background: fill.css }} />
        ))}
      </div>
      <Table class="breakdown" headless columns={COLUMNS} rows={parts} />
    </div>
  );
}
