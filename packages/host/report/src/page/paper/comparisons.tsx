import type { PaperComparison, PaperModel } from '../../paper-model.js';
import { Section, ShareBar } from '../shared/controls.js';
import { WideTable, type Column } from '../shared/table/table.js';

/** Published tables cell by cell: how many agree, and those that do not. */
export function Comparisons({ leads, comparisons }: Pick<PaperModel, 'leads' | 'comparisons'>) {
  return (
    <Section id="comparisons" title="Cell by cell" lead={leads.comparisons}>
      <WideTable columns={COLUMNS} rows={comparisons} />
      <Mismatches comparisons={comparisons} />
    </Section>
  );
}

const COLUMNS: readonly Column<PaperComparison>[] = [
  { title: 'Network', cell: ({ network }) => network },
  { title: 'Table', cell: ({ table }) => table },
  { title: 'Cells', numeric: true, cell: ({ cells }) => cells.toLocaleString('en-US') },
  { title: 'Matched', numeric: true, cell: ({ matched }) => matched.toLocaleString('en-US') },
  { title: 'Share', cell: ({ cells, matched }) => <ShareBar share={cells === 0 ? 0 : matched / cells} /> },
  { title: 'Quoted', numeric: true, cell: ({ quoted }) => (quoted === 0 ? '' : quoted.toLocaleString('en-US')) },
];

type Mismatch = PaperComparison['mismatches'][number] & Pick<PaperComparison, 'network' | 'table'>;

const MISMATCH_COLUMNS: readonly Column<Mismatch>[] = [
  { title: 'Network', cell: ({ network }) => network },
  { title: 'Table', cell: ({ table }) => table },
  { title: 'Row', cell: ({ row }) => row },
  { title: 'Column', cell: ({ column }) => column },
  { title: 'Published', numeric: true, cell: ({ published }) => (published === '' ? 'not there' : published) },
  { title: 'Ours', numeric: true, cell: ({ ours }) => (ours === null ? 'no figure' : String(ours)) },
];

function Mismatches({ comparisons }: Pick<PaperModel, 'comparisons'>) {
  const rows = comparisons.flatMap(({ network, table, mismatches }) =>
    mismatches.map((mismatch) => ({ network, table, ...mismatch })),
  );
  if (rows.length === 0) {
    return (
      <p class="all-matched">
        <span class="badge good">No cell differs</span>
      </p>
    );
  }
  return (
    <div>
      <h3>{rows.length === 1 ? '1 cell differs' : `${rows.length} cells differ`}</h3>
      <WideTable columns={MISMATCH_COLUMNS} rows={rows} />
    </div>
  );
}
