import { sumGateCounts, type GateCounts, type PlanNode } from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Of each image, the activations of a gate that are positive, predicted to be, and both: 3 x batch. */
export function countGate(actual: Tensor4D, predictor: Tensor4D): Tensor2D {
  return tf.tidy(() => {
    const [positive, predicted] = [tf.step(actual), tf.step(predictor)];
    const counts = [positive, predicted, tf.mul(positive, predicted)];
    return tf.stack(counts.map((count) => tf.sum(tf.reshape(count, [actual.shape[0], -1]), 1))) as Tensor2D;
  });
}

/** The counts of a gate over the images with a label. */
export function readGate(node: PlanNode, counts: Tensor2D, labels: Int32Array): GateCounts {
  const numbers = counts.dataSync();
  const row = (index: number) => numbers.subarray(index * labels.length, (index + 1) * labels.length);
  return sumGateCounts(node, labels, { positive: row(0), predicted: row(1), both: row(2) });
}
