import { fail, nonZeroShare, unpackMask, type AcceleratorInput, type Workload } from '@archon-dse/core';
import type { ExecutedLayer } from '@archon-dse/execution';
import type { LayerWeights } from './layer-weights.js';
import type { SparseOptions } from './options.js';

export type ExecutedLayers = ReadonlyMap<string, ExecutedLayer>;

/**
 * The layers of the trained network on test images, by name. What executes them is loaded only now.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID without a trained network, ARCHON_DATA_* when images do not fit
 */
export async function executeNetwork(
  input: AcceleratorInput,
  { data, images }: SparseOptions,
): Promise<ExecutedLayers> {
  const { executedLayers } = await import('@archon-dse/execution');
  return executedLayers(input, { data, images });
}

/** @throws ArchonError ARCHON_CHECKPOINT_INVALID for a workload of no layer that was executed, or whose zeros a stage gives otherwise */
export function executedLayerOf(workload: Workload, layers: ExecutedLayers): ExecutedLayer {
  const { name } = workload;
  const layer = layers.get(name) ?? unusable(name, 'is not one of the trained network', 'the layers of the checkpoint');
  if (!hasZerosOf(workload, layer.weights))
    unusable(name, 'has other zeros by its stages than in the trained network', 'the zeros of the trained weights');
  return layer;
}

/** Whether what the stages say about the zeros of a layer holds for its trained weights. */
function hasZerosOf({ weightMask, density }: Workload, weights: Uint8Array): boolean {
  if (weightMask === undefined)
    return Math.abs((density?.weights ?? nonZeroShare(weights)) - nonZeroShare(weights)) < 1e-6;
  const mask = unpackMask(weightMask);
  return mask.length === weights.length && mask.every((value, at) => value === weights[at]);
}

function unusable(layer: string, problem: string, expected: string): never {
  return fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: `layer "${layer}" ${problem}, and cannot be executed`,
    expected,
    hint: 'A stage that changes a trained network writes a checkpoint of the new one.',
    layer,
  });
}

/** Its zeros, as they count for the analytical figures, too. */
export function trainedWeights({ weights }: ExecutedLayer): LayerWeights {
  return { density: nonZeroShare(weights), mask: weights, origin: 'of the trained network' };
}
