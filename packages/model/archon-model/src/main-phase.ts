import { evaluationActions, LEVEL, scaleActions } from '@archon-dse/pe-array';
import { mainNest, shapeOf, type FusedBlock } from './block.js';
import { mapOrFail } from './map-layer.js';
import { recall } from './phase-store.js';
import type { ArchonModel } from './predict.js';
import type { PhaseRun } from './run.js';

/** Blocks (counted from 0) whose main run the published scripts skipped; they show the figures of the block before. */
const SKIPPED_BLOCKS: readonly number[] = [2, 5, 6, 9];

/** The main phases of the blocks of a network in order; by rule a block shows the figures of the one before. */
export function mainPhases(blocks: readonly FusedBlock[], model: ArchonModel): readonly PhaseRun[] {
  const phases: PhaseRun[] = [];
  for (const [index, block] of blocks.entries()) {
    const previous = phases[index - 1];
    const skipped = model.rules.skippedMainBlocks === 'copy-previous' && SKIPPED_BLOCKS.includes(index);
    const from = blocks[index - 1];
    const copied = previous && from ? { ...previous, copiedFrom: previous.copiedFrom ?? from.name } : undefined;
    if (copied !== undefined && (skipped || isStale(block, model))) {
      phases.push(copied);
      continue;
    }
    phases.push(recall(model.phases, `main ${shapeOf(block)}`, () => mainPhase(block, model)));
  }
  return phases;
}

/** Without a mapping nothing was written, and the published tables read what the folder held before. */
function isStale(block: FusedBlock, { rules, mapLayer }: ArchonModel): boolean {
  if (rules.mainWithoutMapping !== 'copy-previous') return false;
  const { problem } = mainNest(block, rules.mainGroups === 'separate');
  return !mapLayer({ kind: 'main', problem, name: block.name }).found;
}

/** The fused convolution on the MACs. Its weights are not read here: they arrive compressed, see the overhead. */
function mainPhase(block: FusedBlock, { rules, mapLayer }: ArchonModel): PhaseRun {
  const { problem, repeats } = mainNest(block, rules.mainGroups === 'separate');
  const { evaluation, mapping, tiles } = mapOrFail(mapLayer, { kind: 'main', problem, name: block.name });
  const actions = evaluationActions(evaluation).filter(
    ({ component, dataSpace }) => component !== LEVEL.dram || dataSpace !== 'Weights',
  );
  return {
    phase: 'main',
    macs: evaluation.macs * repeats,
    cycles: evaluation.cycles * repeats,
    actions: scaleActions(actions, repeats),
    mapped: { evaluation, mapping, ...(tiles === undefined ? {} : { tiles }), repeats },
  };
}
