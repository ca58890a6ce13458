import type { Layer, Network } from '@archon-dse/core';
import { isCompressedBlock } from './pruned-layers.js';

/** Names of the three convolutions of a block in the order they run, and of their BatchNorms. The ReLUs of the first two are predicted. */
export interface PredictedBlock {
  readonly block: string;
  readonly kernels: readonly [first: string, second: string, last: string];
  readonly norms: readonly [first: string, second: string, last: string];
}

const TRIO: readonly string[] = ['expand', 'depthwise', 'project'];

/** The blocks whose ReLUs are predicted: b1 and later ones that have three convolutions with a BatchNorm each. */
export function predictedBlocks({ layers }: Network): readonly PredictedBlock[] {
  const blocks = [...new Set(layers.map(({ block }) => block))].filter(isCompressedBlock);
  return blocks.flatMap((block) => {
    const kernels = layers
      .filter((layer) => layer.block === block && TRIO.includes(layer.role))
      .map(({ name }) => name);
    const norms = kernels.flatMap(
      (kernel) => layers.find(({ op, inputs }) => op === 'batchNorm' && inputs[0] === kernel)?.name ?? [],
    );
    return isTrio(kernels) && isTrio(norms) ? [{ block, kernels, norms }] : [];
  });
}

function isTrio(names: readonly string[]): names is PredictedBlock['kernels'] {
  return names.length === 3;
}

/** What trains beside the predictors where the published runs differ. */
export interface PredictionTraining {
  /** Whether the kernels of the last convolutions of predicted blocks train. */
  readonly lastKernels: boolean;
  /** Whether the pointwise convolutions of head and tail train; their BatchNorms do in any case. */
  readonly endKernels: boolean;
}

/**
 * Layers of the network that train while its predictors are adapted: everything outside the predicted blocks, squeeze-and-excite,
 * and the last BatchNorm of each block. The first two convolutions of a block and their BatchNorms stay as pruning left them; the
 * copies of these BatchNorms that the predictor has train too.
 */
export function trainedInPrediction(
  network: Network,
  { lastKernels, endKernels }: PredictionTraining,
): readonly Layer[] {
  const blocks = predictedBlocks(network);
  const frozen = new Set(
    blocks.flatMap(({ kernels, norms }) => [...kernels.slice(0, lastKernels ? 2 : 3), ...norms.slice(0, 2)]),
  );
  return network.layers.filter(({ name, role }) => !frozen.has(name) && (endKernels || role !== 'pointwise'));
}
