import { TERNARY_THRESHOLD } from './plan.js';

/** Signs of a weight tensor and their scale: `alpha * sign` stands for the weight. */
export interface TernaryScale {
  /** Weights of at least this magnitude keep their sign, the others become 0. */
  readonly delta: number;
  /** Mean magnitude of the weights above delta; 0 for a tensor of zeros only. */
  readonly alpha: number;
}

/**
 * Ternarises one tensor: `signs` becomes +1 where w >= delta, -1 where w <= -delta, 0 elsewhere.
 *
 * Delta is 0.7 times the mean magnitude of all weights, zeros from pruning counted; so after pruning to 20 % nearly every
 * surviving weight keeps its sign.
 *
 * @param signs - written; as long as `weights`
 * @source Li, Zhang and Liu, Ternary weight networks, 2016, equations 6 and 7
 */
export function ternarize(weights: Float32Array, signs: Int8Array): TernaryScale {
  const delta = (TERNARY_THRESHOLD * weights.reduce((sum, weight) => sum + Math.abs(weight), 0)) / weights.length;
  let above = 0;
  let total = 0;
  weights.forEach((weight, index) => {
    const magnitude = Math.abs(weight);
    signs[index] = magnitude < delta ? 0 : Math.sign(weight);
    if (magnitude <= delta) return;
    above += 1;
    total += magnitude;
  });
  return { delta, alpha: above === 0 ? 0 : total / above };
}

/** Writes `alpha * sign` of every weight. */
export function ternaryWeights(signs: Int8Array, alpha: number, weights: Float32Array): void {
  signs.forEach((sign, index) => {
    weights[index] = alpha * sign;
  });
}
