import type { Density, Network } from '@archon-dse/core';
import { inferShapes, layerCost } from '@archon-dse/workload';
import { keptWeights } from './prune-schedule.js';

/** A layer whose small weights are set to zero. */
export interface PrunedLayer {
  readonly name: string;
  readonly kind: 'pointwise' | 'depthwise';
  /** Weights of all tensors. */
  readonly weights: number;
  /** Tensors with a threshold of their own: the groups of a pointwise convolution; a depthwise layer is one. */
  readonly tensors: number;
}

/** Share of zeros of each kind of layer, 0..1. */
export type Sparsities = Readonly<Record<PrunedLayer['kind'], number>>;

/** Whether a block is pruned and predicted: b1 and later. b0, where a network has one, counts as part of the head. */
export function isCompressedBlock(block: string): boolean {
  return /^b[1-9]\d*$/.test(block);
}

/**
 * The layers that are pruned: the two pointwise convolutions and the depthwise one of b1 and all later blocks, and the pointwise
 * convolution of the tail when asked for. Stem, head, b0, squeeze-and-excite, classifier and BatchNorm never are.
 *
 * @source the pruning scripts published with ARCHON, ICS 2021; of the four networks only FusioNet has its tail pruned
 */
export function prunedLayers(
  network: Network,
  { tail = false }: { readonly tail?: boolean } = {},
): readonly PrunedLayer[] {
  return inferShapes(network).flatMap((shaped): readonly PrunedLayer[] => {
    const { layer } = shaped;
    const isInBlock = isCompressedBlock(layer.block);
    const isTail = tail && layer.block === 'tail' && layer.role === 'pointwise';
    const weights = layerCost(shaped).parameters;
    if (layer.op === 'depthwise' && layer.role === 'depthwise' && isInBlock) {
      return [{ name: layer.name, kind: 'depthwise', weights, tensors: 1 }];
    }
    const isPointwise = isTail || (isInBlock && (layer.role === 'expand' || layer.role === 'project'));
    if (layer.op !== 'conv' || !isPointwise) return [];
    return [{ name: layer.name, kind: 'pointwise', weights, tensors: layer.groups }];
  });
}

/** Weights of a layer that stay at a share of zeros, when no two are equal. */
export function keptOfLayer({ kind, weights, tensors }: PrunedLayer, sparsities: Sparsities): number {
  return tensors * keptWeights(weights / tensors, sparsities[kind]);
}

/** The densities pruning leads to, by layer name, without any weights. */
export function prunedDensities(
  layers: readonly PrunedLayer[],
  sparsities: Sparsities,
): Readonly<Record<string, Density>> {
  return Object.fromEntries(
    layers.map((layer) => [layer.name, { weights: keptOfLayer(layer, sparsities) / layer.weights }]),
  );
}
