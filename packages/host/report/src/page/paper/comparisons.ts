import type { PaperComparison, PaperModel } from '../../paper-model.js';
import { h, section, textTable } from '../shared/dom.js';
import { shareBar } from '../shared/frame.js';

/** Published tables cell by cell: how many agree, and those that do not. */
export function comparisonsSection({ comparisons }: PaperModel): HTMLElement {
  const rows = comparisons.map(({ network, table, cells, matched, quoted }) => [
    network,
    table,
    cells.toLocaleString('en-US'),
    matched.toLocaleString('en-US'),
    shareBar(cells === 0 ? 0 : matched / cells),
    quoted === 0 ? '' : quoted.toLocaleString('en-US'),
  ]);
  return section(
    'comparisons',
    'Cell by cell',
    'Whole numbers must be equal, others to the decimals printed. Compared are the published cells we compute; energies that rest on a mapping of ours are not among them. Quoted are those whose data is not published or not held here; they count as neither.',
    textTable(['Network', 'Table', 'Cells', 'Matched', 'Share', 'Quoted'], rows, new Set([2, 3, 5])),
    mismatches(comparisons),
  );
}

function mismatches(comparisons: readonly PaperComparison[]): HTMLElement {
  const rows = comparisons.flatMap(({ network, table, mismatches: found }) =>
    found.map(({ row, column, published, ours }) => [
      network,
      table,
      row,
      column,
      published === '' ? 'not there' : published,
      ours === null ? 'no figure' : String(ours),
    ]),
  );
  if (rows.length === 0) {
    return h('p', { class: 'all-matched' }, h('span', { class: 'badge good' }, 'No cell differs'));
  }
  return h(
    'div',
    {},
    h('h3', {}, rows.length === 1 ? '1 cell differs' : `${rows.length} cells differ`),
    textTable(['Network', 'Table', 'Row', 'Column', 'Published', 'Ours'], rows, new Set([4, 5])),
  );
}
