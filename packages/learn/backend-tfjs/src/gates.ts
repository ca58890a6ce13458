import type { GateCounts, PlanNode } from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** Of each image, the activations of a gate that are positive, predicted to be, and both: 3 x batch, exact up to 2^24. */
export function countGate(actual: Tensor4D, predictor: Tensor4D): Tensor2D {
  return tf.tidy(() => {
    const [positive, predicted] = [tf.step(actual), tf.step(predictor)];
    const counts = [positive, predicted, tf.mul(positive, predicted)];
    return tf.stack(counts.map((count) => tf.sum(tf.reshape(count, [actual.shape[0], -1]), 1))) as Tensor2D;
  });
}

/** The counts of a gate over the images with a label. */
export function readGate({ shape }: PlanNode, counts: Tensor2D, labels: Int32Array): GateCounts {
  const numbers = counts.dataSync();
  const images = labels.filter((label) => label >= 0).length;
  const sum = (row: number): number =>
    labels.reduce((total, label, image) => total + (label >= 0 ? (numbers[row * labels.length + image] ?? 0) : 0), 0);
  return { values: images * shape[0] * shape[1] * shape[2], positive: sum(0), predicted: sum(1), both: sum(2) };
}
