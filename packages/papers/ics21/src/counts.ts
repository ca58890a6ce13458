import { fusedWeights, PART, type ArchonRules, type FusedBlock } from '@archon-dse/archon-model';
import { peCount } from '@archon-dse/pe-array';
import { ARRAYS } from './architectures.js';
import { fusedBlocks } from './fused.js';
import type { NetworkTable } from './table.js';

/** Overhead actions of one PE under their published names; the decoder's (`ands`) are those of the array. */
export interface BlockCounts {
  readonly block: FusedBlock;
  readonly counts: Readonly<Record<string, number>>;
  readonly weights: number;
}

const PES = peCount(ARRAYS.main);

const COLUMNS = {
  pb_writes: { component: PART.predictionBuffer, action: 'write', share: 1 / PES },
  pb_reads: { component: PART.predictionBuffer, action: 'read', share: 1 / PES },
  adds: { component: PART.adder, action: 'add', share: 1 / PES },
  mux: { component: PART.operandMux, action: 'op', share: 1 / PES },
  ands: { component: PART.binaryDecoder, action: 'op', share: 1 },
} as const;

/** The overhead actions of every fused block. */
export function blockCounts(table: NetworkTable, rules: ArchonRules): readonly BlockCounts[] {
  return fusedBlocks(table.parameters).map((block, index) => {
    const phases = table.archon[index]?.phases ?? [];
    const actions = phases.find(({ phase }) => phase === 'overhead')?.actions ?? [];
    const counts = Object.entries(COLUMNS).map(([column, { component, action, share }]) => {
      const found = actions.find((count) => count.component === component && count.action === action);
      return [column, (found?.count ?? 0) * share];
    });
    return { block, counts: Object.fromEntries(counts), weights: fusedWeights(block, rules) };
  });
}
