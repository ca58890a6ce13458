/** What a BatchNorm of one layer does to each channel, as it was trained. */
export interface Norm {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** Added to the variance under the root. */
  readonly epsilon: number;
}

/**
 * A BatchNorm as a factor on the weights of the layer before it and a shift after it: `gamma (w x + b - mean) / sigma + beta` is
 * `factor w x + shift`.
 *
 * @param bias - of the layer, where it has one
 * @source Jacob et al., CVPR 2018, equation 14
 */
export function foldNorm({ gamma, beta, mean, variance, epsilon }: Norm, bias?: Float32Array) {
  const factor = gamma.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + epsilon));
  const shift = beta.map(
    (value, channel) => value + ((bias?.[channel] ?? 0) - (mean[channel] ?? 0)) * (factor[channel] ?? 0),
  );
  return { factor, shift };
}
