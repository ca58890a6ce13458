import { kthLargest } from './kth-largest.kernel.js';
import { keptWeights } from './prune-schedule.js';

/**
 * Marks the k largest weights of one tensor by magnitude: 1 for these, 0 elsewhere, with k from {@link keptWeights}. Zeros are never among
 * them, so fewer are kept where fewer are not zero. Of weights that tie at the k-th magnitude the first ones in the tensor are kept.
 *
 * @param mask - written; as long as `weights`
 * @returns how many are kept, at most k
 */
export function magnitudeMask(weights: Float32Array, sparsity: number, mask: Uint8Array): number {
  const magnitudes = weights.map(Math.abs);
  const most = keptWeights(weights.length, sparsity);
  const threshold = kthLargest(magnitudes, most);
  let ties = most - weights.reduce((count, weight) => count + (Math.abs(weight) > threshold ? 1 : 0), 0);
  let kept = 0;
  weights.forEach((weight, index) => {
    const magnitude = Math.abs(weight);
    const isTie = magnitude === threshold && magnitude > 0 && ties > 0;
    if (isTie) ties -= 1;
    const isKept = isTie || magnitude > threshold ? 1 : 0;
    mask[index] = isKept;
    kept += isKept;
  });
  return kept;
}

/** Sets the weights to zero that a mask leaves out. */
export function applyMask(weights: Float32Array, mask: Uint8Array): void {
  mask.forEach((isKept, index) => {
    if (isKept === 0) weights[index] = 0;
  });
}
