import type { Layer } from '@archon-dse/core';
import { SQUEEZE_ROLE } from '@archon-dse/workload';

/**
 * L2 coefficients c of the loss term `c sum(w^2)` (gradient `2 c w`) by part of the network. Only kernels of convolutions and
 * dense layers have one; depthwise kernels, BatchNorm and biases never do.
 */
export interface WeightDecay {
  /** Stem and pointwise convolution of the head. */
  readonly head: number;
  /** Pointwise convolutions of the blocks that `blocks` does not name. */
  readonly body: number;
  readonly blocks?: readonly { readonly first: number; readonly last: number; readonly l2: number }[];
  readonly tail: number;
  readonly squeeze: number;
  readonly dense: number;
}

/** The same coefficient everywhere, apart from what is given. */
export function decay(l2: number, changes: Partial<WeightDecay> = {}): WeightDecay {
  return { head: l2, body: l2, tail: l2, squeeze: l2, dense: l2, ...changes };
}

/** L2 coefficient of the kernel of a layer. */
export function l2Of(layer: Layer, groups: WeightDecay): number {
  if (layer.op === 'dense') return groups.dense;
  if (layer.op !== 'conv') return 0;
  if (layer.role === SQUEEZE_ROLE) return groups.squeeze;
  if (layer.block === 'head') return groups.head;
  if (layer.block === 'tail') return groups.tail;
  const block = Number(layer.block.slice(1));
  return groups.blocks?.find(({ first, last }) => block >= first && block <= last)?.l2 ?? groups.body;
}
