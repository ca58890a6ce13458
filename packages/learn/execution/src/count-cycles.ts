import type { CycleCounts, MainHardware } from '@archon-dse/archon-cycles';
import { BlockCycles } from '@archon-dse/fused-execution';
import type { ExecutedBlock } from './run-blocks.js';

/** What the main phase of a block takes on given hardware, over all its images. */
export function countCycles({ main, masks }: ExecutedBlock, hardware: MainHardware): CycleCounts {
  const cycles = new BlockCycles(main, hardware);
  for (const of of masks) cycles.run(of);
  return cycles.counts;
}
