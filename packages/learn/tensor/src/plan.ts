import type { TensorShape } from '@archon-dse/core';

/** Equidistant values, 0 among them: a value becomes the nearest, the upper one of two as near, and never leaves the range. */
export interface Levels {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** Moving statistics: `moving <- 0.99 * moving + 0.01 * batch` unless a step says otherwise; variance + 1e-3 under the root. @source Keras defaults */
export const BATCH_NORM = { momentum: 0.99, epsilon: 1e-3 } as const;

/**
 * Sixteen levels from -6.4 to 5.6 in steps of 0.8; `floor((clamp(v) + 6.4) / 0.8 + 0.5)` is the code, 8 the code of zero.
 *
 * @source ARCHON, ICS 2021: 4 bits for -6 to 6; TensorFlow, `fake_quant_ops_functor.h`, moves the range so that 0 is a level
 */
export const QUANTISER = { least: -6.4, most: 5.6, step: 0.8 } as const satisfies Levels;

/** Weights with `|w| >= 0.7 * mean |w|` become +-alpha, the rest 0. @source Li et al., Ternary Weight Networks, 2016 */
export const TERNARY_THRESHOLD = 0.7;

/**
 * A model ready to be compiled: a list of operations in topological order and the weights they read. Backends implement these
 * operations and know nothing about networks, stages or predictors. Plain JSON.
 */
export interface ModelPlan {
  /** Images a step. */
  readonly batch: number;
  readonly classes: number;
  /** The first node is the image, the last one gives the scores before the softmax as 1 x 1 x classes. */
  readonly nodes: readonly PlanNode[];
  readonly weights: readonly WeightPlan[];
}

/** One tensor of numbers that a model keeps, in the canonical layout. */
export interface WeightPlan {
  /** `<node>/kernel`, `/bias`, `/gamma`, `/beta`, `/mean` or `/variance`. */
  readonly name: string;
  /**
   * Convolution kernels: rows, columns, input channels of a group, filters (group by group). Depthwise kernels: rows, columns,
   * channels, 1. Dense kernels: inputs, units. The others: channels. Row-major, as Keras keeps them.
   */
  readonly shape: readonly number[];
  readonly initial: Initial;
  /** Has a momentum and moves; the moving statistics of a BatchNorm have none. */
  readonly trainable: boolean;
  /** Coefficient of `sum(w^2)` in the loss; the gradient gains `2 * l2 * w`. */
  readonly l2: number;
  /** Multiplied by the state tensor `<name>/mask` after each step. */
  readonly masked: boolean;
}

/** `heNormal` is truncated at two sigma; the fans are those of the kernel. `copy` takes the value of an earlier weight. */
export type Initial =
  | { readonly kind: 'heNormal'; readonly fanIn: number }
  | { readonly kind: 'glorotUniform'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'copy'; readonly of: string };

interface NodeBase {
  readonly name: string;
  /** Names of earlier nodes. */
  readonly inputs: readonly string[];
  /** Without the batch. */
  readonly shape: TensorShape;
  /** The loss may change with this value through a trainable weight at or before it; otherwise its gradient is of no use. */
  readonly differentiable: boolean;
}

/** Cells of zero padding before and after; the same for rows and columns unless the image is not square. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly rows: readonly [before: number, after: number];
  readonly columns: readonly [before: number, after: number];
}

/** A weight used as a kernel, as it is or made ternary on the way. */
export interface KernelUse {
  readonly weight: string;
  /** One threshold and scale for each of `groups` slices of the last dimension; the gradient is multiplied by `factor * alpha`. */
  readonly ternary?: { readonly groups: number; readonly factor: 1 | 2 };
}

/** Depthwise has as many groups as channels, and says so. */
export interface ConvNode extends NodeBase {
  readonly op: 'conv' | 'depthwise';
  readonly kernel: KernelUse;
  readonly bias: string | null;
  readonly window: Window;
  readonly groups: number;
}

export interface DenseNode extends NodeBase {
  readonly op: 'dense';
  readonly kernel: KernelUse;
  readonly bias: string | null;
}

export interface BatchNormNode extends NodeBase {
  readonly op: 'batchNorm';
  /** Weights `<owner>/gamma`, `/beta`, `/mean`, `/variance`. */
  readonly owner: string;
  /** In a step: batch statistics, and the moving ones follow (variance unbiased). Evaluation always uses the moving ones. */
  readonly training: boolean;
}

/** Padded cells count neither in the maximum nor in the divisor of the average. */
export interface PoolNode extends NodeBase {
  readonly op: 'averagePool' | 'maxPool';
  readonly window: Window;
}

/** Channel `grp * (C / groups) + c` moves to `c * groups + grp`. */
export interface ShuffleNode extends NodeBase {
  readonly op: 'channelShuffle';
  readonly groups: number;
}

/**
 * `multiply` scales each channel of the first input by a 1 x 1 x C second one. `gate` gives the first input where the second is above 0 and 0 elsewhere; its gradient goes to the second
 * input unchanged and not to the first.
 */
export interface PlainNode extends NodeBase {
  readonly op: 'input' | 'relu' | 'sigmoid' | 'globalAveragePool' | 'add' | 'concat' | 'multiply' | 'gate';
}

/** Rounds values to levels; its gradient is 1 inside the range and 0 outside. */
export interface QuantiseNode extends NodeBase {
  readonly op: 'quantise';
  readonly levels: Levels;
}

/** A node that multiplies with a kernel. */
export type KernelNode = ConvNode | DenseNode;

export type PlanNode = ConvNode | DenseNode | BatchNormNode | PoolNode | ShuffleNode | QuantiseNode | PlainNode;
