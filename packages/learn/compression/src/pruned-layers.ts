import type { Network } from '@archon-dse/core';
import { inferShapes, SQUEEZE_ROLE, weightCount } from '@archon-dse/workload';

/** A layer whose small weights are set to zero. */
export interface PrunedLayer {
  readonly name: string;
  /** Convolutions over channels are pruned as pointwise ones, whatever their window: in the published networks all of them are. */
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
 * The layers that are pruned: all convolutions of b1 and later blocks, and those of the tail when asked for, by what they compute and not by
 * their role. Stem, head, b0, squeeze-and-excite, classifier and BatchNorm never are.
 *
 * @source the pruning scripts published with ARCHON, ICS 2021; of the four networks only FusioNet has its tail pruned
 */
export function prunedLayers(
  network: Network,
  { tail = false }: { readonly tail?: boolean } = {},
): readonly PrunedLayer[] {
  return inferShapes(network).flatMap((shaped): readonly PrunedLayer[] => {
    const { layer } = shaped;
    const isPruned = isCompressedBlock(layer.block) || (tail && layer.block === 'tail');
    if (!isPruned || layer.role === SQUEEZE_ROLE) return [];
    const { name } = layer;
    const weights = weightCount(shaped);
    if (layer.op === 'depthwise') return [{ name, kind: 'depthwise', weights, tensors: 1 }];
    return layer.op === 'conv' ? [{ name, kind: 'pointwise', weights, tensors: layer.groups }] : [];
  });
}
