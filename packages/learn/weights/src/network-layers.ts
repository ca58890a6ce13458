import type { Network } from '@archon-dse/core';
import { planModel, type WeightPlan } from '@archon-dse/tensor';
import { splitName } from './weight-file.js';

/** A layer of a network that has weights. */
export interface NetworkLayer {
  readonly name: string;
  readonly op: 'conv' | 'depthwise' | 'dense' | 'batchNorm';
  /** Of a convolution; 1 for all others. */
  readonly groups: number;
  readonly weights: readonly NetworkWeight[];
}

export interface NetworkWeight extends Pick<WeightPlan, 'name' | 'shape'> {
  /** `kernel`, `bias`, ... */
  readonly part: string;
}

/**
 * The layers of a network that have weights, in its order.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network cannot be trained
 */
export function networkLayers(network: Network): readonly NetworkLayer[] {
  const { nodes, weights } = planModel({ network, batch: 1 });
  return nodes.flatMap((node): readonly NetworkLayer[] => {
    const { name, op } = node;
    if (op !== 'conv' && op !== 'depthwise' && op !== 'dense' && op !== 'batchNorm') return [];
    const own = weights.flatMap((weight) => {
      const [layer, part] = splitName(weight.name);
      return layer === name ? [{ name: weight.name, shape: weight.shape, part }] : [];
    });
    return [{ name, op, groups: op === 'conv' ? node.groups : 1, weights: own }];
  });
}
