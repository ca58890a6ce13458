/** Weights as whole numbers: `weight = code * scale of its channel`. */
export interface QuantisedWeights {
  /** One a weight, from `-(2^(bits - 1) - 1)` to `2^(bits - 1) - 1`. */
  readonly codes: Int32Array;
  /** One an output channel. */
  readonly scales: Float32Array;
}

/**
 * Symmetric quantisation: the largest magnitude of a channel becomes the largest code, 0 stays 0. Codes are rounded to the nearest, those half
 * way away from 0; none needs clipping. The scale of a channel of zeros is the largest of the others, so that sums of it can be told apart.
 *
 * @param weights - output channels first
 * @param channels - as many scales; 1 for a scale of the whole tensor
 * @param bits - from 2
 * @source Jacob et al., Quantization and training of neural networks for efficient integer-arithmetic-only inference, CVPR 2018, for the
 *   restricted range; Krishnamoorthi, Quantizing deep convolutional networks, 2018, section 2.2, for a scale a channel
 */
export function quantiseWeights(weights: Float32Array, channels: number, bits: number): QuantisedWeights {
  const scales = channelScales(weights, channels, 2 ** (bits - 1) - 1);
  const size = weights.length / channels;
  const codes = Int32Array.from(weights, (weight, index) =>
    roundHalfAway(weight / (scales[Math.floor(index / size)] ?? 1)),
  );
  return { codes, scales };
}

/** The weights that codes stand for. */
export function dequantiseWeights({ codes, scales }: QuantisedWeights): Float32Array {
  const size = codes.length / scales.length;
  return Float32Array.from(codes, (code, index) => code * (scales[Math.floor(index / size)] ?? 0));
}

function channelScales(weights: Float32Array, channels: number, most: number): Float32Array {
  const size = weights.length / channels;
  const scales = Float32Array.from({ length: channels }, (_, channel) => {
    const own = weights.subarray(channel * size, (channel + 1) * size);
    return own.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) / most;
  });
  const largest = scales.reduce((sofar, scale) => Math.max(sofar, scale), 0);
  return scales.map((scale) => (scale > 0 ? scale : largest > 0 ? largest : 1));
}

function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}
