import { BATCH_NORM, normWeights, type BatchNormNode, type NamedTensors, type ShuffleNode } from '@archon-dse/tensor';
import { tensorOf } from './tensor-of.js';

/** `scale * x + offset` of each channel. */
export interface Affine {
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

/** A BatchNorm by its moving statistics. */
export function affineOf(node: BatchNormNode, tensors: NamedTensors): Affine {
  const names = normWeights(node);
  const [mean, variance] = [tensorOf(tensors, names.mean), tensorOf(tensors, names.variance)];
  const scale = Float64Array.from(
    tensorOf(tensors, names.gamma),
    (value, c) => value / Math.sqrt((variance[c] ?? 0) + BATCH_NORM.epsilon),
  );
  const offset = Float64Array.from(
    tensorOf(tensors, names.beta),
    (value, c) => value - (mean[c] ?? 0) * (scale[c] ?? 0),
  );
  return { scale, offset };
}

/** By output channel of a shuffle: the input channel it is. */
export function shuffleOrder({ groups, shape }: ShuffleNode): Int32Array {
  const channels = shape[2];
  const size = channels / groups;
  return Int32Array.from({ length: channels }, (_, to) => (to % groups) * size + Math.floor(to / groups));
}

/** Where a value of a plane stands once channel `order[c]` is called `c`: its place before that. */
export function placeIn(order: Int32Array, at: number): number {
  const channel = at % order.length;
  return at - channel + (order[channel] ?? 0);
}
