import { shapeOf, type FusedBlock } from './block.js';
import { mainPhases } from './main-phase.js';
import { overheadPhase } from './overhead.js';
import { recall } from './phase-store.js';
import { predictExpand, predictSecond, type ArchonModel } from './predict.js';
import type { BlockRun, PhaseRun } from './run.js';

/**
 * ARCHON's execution of the fused blocks of a network, in order: for each two predictions, the main phase and the overhead.
 *
 * @throws ArchonError ARCHON_NO_MAPPING when a nest fits nowhere
 */
export function runFusedBlocks(blocks: readonly FusedBlock[], model: ArchonModel): readonly BlockRun[] {
  const { hardware, rules, phases = new Map<string, PhaseRun>() } = model;
  const mains = mainPhases(blocks, { ...model, phases });
  return blocks.map((block, index) => {
    const shape = shapeOf(block);
    const predictions = [
      recall(phases, `predict-expand ${shape}`, () => predictExpand(block, model)),
      recall(phases, `predict-second ${shape}`, () => predictSecond(block, model)),
    ];
    const main = mains[index];
    if (main === undefined) return { block: block.name, phases: predictions };
    const overhead = recall(phases, `overhead ${main.cycles} ${shape}`, () =>
      overheadPhase(block, main.cycles, hardware, rules),
    );
    return { block: block.name, phases: [...predictions, main, overhead] };
  });
}
