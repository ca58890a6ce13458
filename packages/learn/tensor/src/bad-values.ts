/**
 * What is wrong with the values of a tensor: weights are finite, and no variance of a BatchNorm is negative, since its root is taken.
 *
 * @param part - `kernel`, `variance`, ...
 */
export function findBadValue(part: string, data: Float32Array): string | undefined {
  if (!data.every(Number.isFinite)) return 'has values that are infinite or no numbers';
  if (part === 'variance' && data.some((value) => value < 0)) return 'has negative variances';
  return undefined;
}
