import { BATCH_NORM, type BatchNormNode, type NamedTensors, type ShuffleNode } from '@archon-dse/tensor';
import { tensorOf } from './tensor-of.js';

/** `scale * x + offset` of each channel. */
export interface Affine {
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

/** A BatchNorm by its moving statistics. */
export function affineOf({ owner }: BatchNormNode, tensors: NamedTensors): Affine {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((part) =>
    tensorOf(tensors, `${owner}/${part}`),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const scale = Float64Array.from(gamma, (value, c) => value / Math.sqrt((variance[c] ?? 0) + BATCH_NORM.epsilon));
  const offset = Float64Array.from(beta, (value, c) => value - (mean[c] ?? 0) * (scale[c] ?? 0));
  return { scale, offset };
}

/** By output channel of a shuffle: the input channel it is. */
export function shuffleOrder({ groups, shape }: ShuffleNode): Int32Array {
  const channels = shape[2];
  const size = channels / groups;
  return Int32Array.from({ length: channels }, (_, to) => (to % groups) * size + Math.floor(to / groups));
}
