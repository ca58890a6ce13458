import type { Network } from '@archon-dse/core';
import type { Levels } from './plan.js';

/**
 * How one network is to be trained or evaluated. Everything about its layers comes from the network graph; this adds only what
 * training needs to know beyond it. Plain JSON.
 */
export interface TrainingSpec {
  readonly network: Network;
  /** Images a step, at least 1. A compiled model takes batches of exactly this size. */
  readonly batch: number;
  /** Coefficient c of the term `c * sum(w^2)` in the loss, by name of a convolution, depthwise or dense layer. Kernels only, not biases. */
  readonly l2?: Readonly<Record<string, number>>;
  /** Names of weights that do not move, e.g. `b1.expand/kernel`; see {@link WeightPlan}. */
  readonly frozen?: readonly string[];
  /** BatchNorm layers that use their moving statistics also in training, and leave them as they are. */
  readonly inferenceNorms?: readonly string[];
  /** Kernels multiplied by the state tensor `<name>/mask` after each step. */
  readonly masked?: readonly string[];
  readonly predictor?: PredictorSpec;
  /** Levels that the values of a layer are rounded to for all that read them, by name of the layer: a quantised network as it is executed. */
  readonly levels?: Readonly<Record<string, Levels>>;
}

/**
 * Prediction of the signs of ReLU inputs by a chain of ternary weights and 4-bit activations.
 *
 * A predicted ReLU passes its input, unclamped, where the predictor says it is positive, and 0 elsewhere. Its gradient goes to the
 * predictor alone, so the layers it predicts stay as they are: their weights are frozen and their BatchNorms use moving statistics.
 */
export interface PredictorSpec {
  /** Names of the ReLU layers. Between each one and the convolution before it there may be BatchNorms and channel shuffles only. */
  readonly relus: readonly string[];
  /**
   * `frozen`: the kernels that are made ternary do not move; only the predictor's BatchNorms adapt.
   * `straightThrough`: they move as if ternarising were a multiplication by alpha (times {@link gradientFactor}).
   * `constrained`: they move as they are; whoever trains makes them ternary again after each step.
   */
  readonly kernels: 'frozen' | 'straightThrough' | 'constrained';
  /** 1 (default), or 2 for the derivative of nested signs each taken as identity. Of `straightThrough` only. */
  readonly gradientFactor?: 1 | 2;
}
