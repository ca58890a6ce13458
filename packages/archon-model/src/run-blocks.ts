import { shapeOf, type FusedBlock } from './block.js';
import { mainPhases } from './main-phase.js';
import { overheadPhase } from './overhead.js';
import { predictExpand, predictSecond, type ArchonModel } from './predict.js';
import type { BlockRun, PhaseRun } from './run.js';

/**
 * ARCHON's execution of the fused blocks of a network, in order: for each two predictions, the main phase and the overhead.
 *
 * @throws ArchonError ARCHON_NO_MAPPING when a nest fits nowhere
 */
export function runFusedBlocks(blocks: readonly FusedBlock[], model: ArchonModel): readonly BlockRun[] {
  const mains = mainPhases(blocks, model);
  const predicted = new Map<string, readonly PhaseRun[]>();
  const overheads = new Map<string, PhaseRun>();
  return blocks.map((block, index) => {
    const shape = shapeOf(block);
    const predictions = predicted.get(shape) ?? [predictExpand(block, model), predictSecond(block, model)];
    predicted.set(shape, predictions);
    const main = mains[index];
    if (main === undefined) return { block: block.name, phases: predictions };
    const key = `${main.cycles} ${shape}`;
    const overhead = overheads.get(key) ?? overheadPhase(block, main.cycles, model.hardware, model.rules);
    overheads.set(key, overhead);
    return { block: block.name, phases: [...predictions, main, overhead] };
  });
}
