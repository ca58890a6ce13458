import { lastExecution, type ExecutionInput } from './last-execution.js';
import { openTrained, type OpenModel, type Opening } from './open-model.js';
import { runBlocks, type ExecutedBlock } from './run-blocks.js';
import { runLayers, type ExecutedLayer } from './run-layers.js';

/**
 * The fused blocks of the trained network that the stages of a point left, run on test images, by name.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID without a trained network, ARCHON_DATA_* when images do not fit, ARCHON_RESULT_INVALID where
 *   execution and layers differ
 */
export const executedBlocks = lastExecution(async (input, opening: Omit<Opening, 'file'>) => {
  const model = await openTrained(input, opening);
  return byName<ExecutedBlock>(runBlocks(model, reporting(input, model)));
});

/**
 * The layers of the trained network that the stages of a point left, run on test images without prediction, by name.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID without a trained network, ARCHON_DATA_* when images do not fit
 */
export const executedLayers = lastExecution(async (input, opening: Pick<Opening, 'data' | 'images'>) => {
  const model = await openTrained(input, { ...opening, masks: 'trueSigns' });
  return byName<ExecutedLayer>(runLayers(model, reporting(input, model)));
});

function reporting({ onProgress }: ExecutionInput, { images }: OpenModel): (done: number) => void {
  return (done) => onProgress?.({ done, total: images, unit: 'image', figures: [] });
}

function byName<T extends { readonly name: string }>(parts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [part.name, part]));
}
