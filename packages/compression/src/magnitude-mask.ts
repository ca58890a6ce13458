import { kthLargest } from './kth-largest.kernel.js';
import { keptWeights } from './prune-schedule.js';

/**
 * Marks the largest weights of one tensor: 1 where |w| is at least the k-th largest |w|, 0 elsewhere, with k from
 * {@link keptWeights}. Weights that tie with the k-th are kept too.
 *
 * @param mask - written; as long as `weights`
 * @returns how many are kept
 */
export function magnitudeMask(weights: Float32Array, sparsity: number, mask: Uint8Array): number {
  const magnitudes = weights.map(Math.abs);
  const threshold = kthLargest(magnitudes, keptWeights(weights.length, sparsity));
  let kept = 0;
  weights.forEach((weight, index) => {
    const isKept = Math.abs(weight) >= threshold ? 1 : 0;
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

/** Share of non-zero values, 0..1; what a stage records as the density of a layer's weights. */
export function densityOf(values: Float32Array | Uint8Array): number {
  let nonZero = 0;
  for (const value of values) if (value !== 0) nonZero += 1;
  return nonZero / values.length;
}
