import { TERNARY_THRESHOLD } from '../plan.js';

/**
 * Ternary values of a kernel, slice by slice of its last dimension, and the scale alpha of each value's slice.
 *
 * @param last - size of the last dimension, a multiple of `groups`
 */
export function ternarise(
  kernel: Float64Array,
  last: number,
  groups: number,
): { values: Float64Array; alpha: Float64Array } {
  const groupOf = (index: number): number => Math.floor((index % last) / (last / groups));
  const alphas = Array.from({ length: groups }, (_, group) => {
    const sizes = kernel.filter((_value, index) => groupOf(index) === group).map(Math.abs);
    const delta = thresholdOf(sizes);
    const above = sizes.filter((size) => size > delta);
    return { delta, alpha: above.length === 0 ? 0 : above.reduce((sum, size) => sum + size, 0) / above.length };
  });
  const alpha = kernel.map((_value, index) => alphas[groupOf(index)]?.alpha ?? 0);
  const values = kernel.map((value, index) => {
    const { delta } = alphas[groupOf(index)] ?? { delta: 0 };
    return Math.sign(Math.sign(value + delta) + Math.sign(value - delta)) * (alpha[index] ?? 0);
  });
  return { values, alpha };
}

function thresholdOf(sizes: Float64Array): number {
  return (TERNARY_THRESHOLD * sizes.reduce((sum, size) => sum + size, 0)) / sizes.length;
}
