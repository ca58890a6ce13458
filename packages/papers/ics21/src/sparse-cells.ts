import { parseMapping } from '@archon-dse/loop-nest';
import { architectureOf } from './architectures.js';
import type { BaselineLayerName, DenseLayer } from './baseline.js';
import type { CellRow } from './cells.js';
import { isPublished } from './mappings.js';
import type { SparseLayer } from './sparse.js';
import type { NetworkTable } from './table.js';

/** Published names of the layers, in the order of the rows. */
const NAMES: Readonly<Record<BaselineLayerName, string>> = { PW1: 'decom', DW: 'conv', PW2: 'comp' };
/** Facts of the pruned weights and of their passes. */
const QUOTED = ['nonzero_macs', 'sparse_cycles'] as const;
/** Facts of a mapping, which we have in common only where it is the published one. */
const OF_MAPPING = ['passes', 'macs_per_pass'] as const;

/** sparse_bl_res.csv: the sparse accelerator layer by layer. */
export function sparseRows({ denseLayers, sparseRecords }: NetworkTable): readonly CellRow[] {
  return sparseRecords.flatMap((block, index) =>
    (denseLayers[index] ?? []).map((layer) => sparseRow(index + 1, layer, block[layer.layer])),
  );
}

function sparseRow(block: number, { layer, evaluation, mapping }: DenseLayer, record: SparseLayer): CellRow {
  const { macs, computeCycles } = evaluation;
  const pes = macs / computeCycles;
  const passes = passesOf(mapping);
  return {
    row: `${block} ${NAMES[layer]}`,
    cells: {
      pes,
      passes,
      macs_per_pass: computeCycles / passes,
      dense_macs: macs,
      dense_cycles: evaluation.cycles,
      // In the order of the published script, whose rounding shows in some cells.
      best_cycles: Math.floor(((record.nonZeroMacs / macs) * macs) / pes),
    },
    quoted: [...QUOTED, ...(isPublished(evaluation) ? [] : OF_MAPPING)],
  };
}

/** Iterations of the loops outside the PEs: those of DRAM, the global buffer and the columns. */
function passesOf(mapping: string): number {
  const outside = parseMapping(mapping, architectureOf('dense')).slice(0, 3).flat();
  return outside.filter(({ kind }) => kind === 'temporal').reduce((product, { bound }) => product * bound, 1);
}
