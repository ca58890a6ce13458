import type { Layer, Network } from '@archon-dse/core';
import { BOTTLENECK_ROLES } from '@archon-dse/workload';
import { isCompressedBlock } from './pruned-layers.js';

/** Names of the three convolutions of a block in the order they run, of their BatchNorms, and of the two ReLUs that are predicted. */
export interface PredictedBlock {
  readonly block: string;
  readonly kernels: readonly [first: string, second: string, last: string];
  readonly norms: readonly [first: string, second: string, last: string];
  /** After the first and the second convolution. */
  readonly relus: readonly [first: string, second: string];
}

/** The blocks whose ReLUs are predicted: b1 and later ones whose first two of three convolutions have a BatchNorm and a ReLU each. */
export function predictedBlocks({ layers }: Network): readonly PredictedBlock[] {
  const after = (name: string, op: Layer['op']): readonly string[] => {
    const next = layers.find((layer) => layer.op === op && layer.inputs[0] === name);
    return next === undefined ? [] : [next.name];
  };
  const blocks = [...new Set(layers.map(({ block }) => block))].filter(isCompressedBlock);
  return blocks.flatMap((block) => {
    const kernels = layers
      .filter((layer) => layer.block === block && BOTTLENECK_ROLES.includes(layer.role))
      .map(({ name }) => name);
    const norms = kernels.flatMap((kernel) => after(kernel, 'batchNorm'));
    const relus = norms.slice(0, 2).flatMap((norm) => after(norm, 'relu'));
    return isTrio(kernels) && isTrio(norms) && isPair(relus) ? [{ block, kernels, norms, relus }] : [];
  });
}

function isTrio(names: readonly string[]): names is PredictedBlock['kernels'] {
  return names.length === 3;
}

function isPair(names: readonly string[]): names is PredictedBlock['relus'] {
  return names.length === 2;
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
  return network.layers.filter((layer) => !frozen.has(layer.name) && (endKernels || !isEndPointwise(layer)));
}

function isEndPointwise(layer: Layer): boolean {
  return layer.op === 'conv' && layer.kernel === 1 && (layer.block === 'head' || layer.block === 'tail');
}
