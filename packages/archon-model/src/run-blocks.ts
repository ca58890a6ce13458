import type { FusedBlock } from './block.js';
import { mainPhases } from './main-phase.js';
import { overheadPhase } from './overhead.js';
import { predictExpand, predictSecond, type ArchonModel } from './predict.js';
import type { BlockRun } from './run.js';

/**
 * ARCHON's execution of the fused blocks of a network, in order: for each two predictions, the main phase and the overhead.
 *
 * @throws ArchonError ARCHON_NO_MAPPING when a nest fits nowhere
 */
export function runFusedBlocks(blocks: readonly FusedBlock[], model: ArchonModel): readonly BlockRun[] {
  const mains = mainPhases(blocks, model);
  return blocks.map((block, index) => {
    const predictions = [predictExpand(block, model), predictSecond(block, model)];
    const main = mains[index];
    if (main === undefined) return { block: block.name, phases: predictions };
    const overhead = overheadPhase(block, main.cycles, model.hardware, model.rules);
    return { block: block.name, phases: [...predictions, main, overhead] };
  });
}
