import { TERNARY_THRESHOLD } from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A ternary kernel and its scales, to broadcast over it as rows x groups x filters of a group. */
export interface TernaryKernel {
  readonly values: Tensor;
  readonly alpha: Tensor;
}

/** Ternary values of a kernel, each of `groups` slices of its last dimension with its own threshold and scale. */
export function ternarise(kernel: Tensor, groups: number): TernaryKernel {
  return tf.tidy(() => {
    const weights = inGroups(kernel, groups);
    const sizes = tf.abs(weights);
    const delta = tf.mul(tf.mean(sizes, [0, 2], true), TERNARY_THRESHOLD);
    const isAbove = tf.step(tf.sub(sizes, delta));
    const sum = tf.sum(tf.mul(sizes, isAbove), [0, 2], true);
    const alpha = tf.div(sum, tf.maximum(tf.sum(isAbove, [0, 2], true), 1));
    const signs = tf.add(tf.sign(tf.add(weights, delta)), tf.sign(tf.sub(weights, delta)));
    return { values: tf.reshape(tf.mul(tf.sign(signs), alpha), kernel.shape), alpha };
  });
}

/** Gradient of the kernel behind a ternary one. */
export function throughTernary(gradient: Tensor, { alpha }: TernaryKernel, factor: number): Tensor {
  const scaled = tf.mul(inGroups(gradient, alpha.shape[1] ?? 1), tf.mul(alpha, factor));
  return tf.reshape(scaled, gradient.shape);
}

function inGroups(kernel: Tensor, groups: number): Tensor {
  return tf.reshape(kernel, [-1, groups, (kernel.shape.at(-1) ?? groups) / groups]);
}
