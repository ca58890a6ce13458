import type { ModelPlan } from './plan.js';

/** A tensor outside a backend: row-major values in the canonical layout of `WeightPlan`. */
export interface TensorValue {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** By name; see `stateTensors` for the names and shapes a plan has. */
export type NamedTensors = Readonly<Record<string, TensorValue>>;

/** One batch: images as batch x height x width x channels, labels from 0. */
export interface Batch {
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

export interface StepOptions {
  readonly learningRate: number;
  /** 0 for plain gradient descent, below 1. */
  readonly momentum: number;
  /** Share of the moving statistics that stays, 0..1; `BATCH_NORM.momentum` unless given. */
  readonly normMomentum?: number;
}

export interface StepResult {
  /** Mean cross-entropy of all images plus all L2 terms, before the update. */
  readonly loss: number;
  /** Images whose highest score was their label's, before the update. */
  readonly correct: number;
}

export interface Evaluation {
  /** Sum, not mean, of the cross-entropy, without L2 terms. */
  readonly lossSum: number;
  readonly correct: number;
  /** What the gates of the plan did, by name of the node. */
  readonly gates: Readonly<Record<string, GateCounts>>;
}

/** Activations at one gate, summed over the images that count. */
export interface GateCounts {
  /** All of them. */
  readonly values: number;
  /** Those whose actual value is above 0. */
  readonly positive: number;
  /** Those the predictor lets pass. */
  readonly predicted: number;
  /** Those that are both. */
  readonly both: number;
}

/** A model with its state, held by a backend. Calls must not overlap. */
export interface CompiledModel {
  readonly plan: ModelPlan;
  /**
   * One step of gradient descent: `v <- momentum * v - learningRate * g; w <- (w + v) * mask`, moving statistics included.
   *
   * @param parts - one batch, or several where memory is short: `g` is then the mean of their gradients. BatchNorm normalises each part
   *   by itself, and moving statistics follow part by part
   * @throws RangeError when there is no part, or one has another size than the plan
   */
  step(parts: readonly Batch[], options: StepOptions): Promise<StepResult>;
  /**
   * Scores one batch with moving statistics; the state stays as it is. A label of -1 marks an image that only fills the batch up and
   * counts nowhere.
   *
   * @throws RangeError when the batch has another size than the plan
   */
  evaluate(batch: Batch): Promise<Evaluation>;
  /**
   * Copies of state tensors.
   *
   * @param names - all unless given
   * @throws RangeError for a name the plan has not
   */
  readState(names?: readonly string[]): Promise<NamedTensors>;
  /**
   * Replaces the state tensors given; the others stay.
   *
   * @throws RangeError for a name the plan has not, or another shape
   */
  writeState(state: NamedTensors): Promise<void>;
  /** Frees what the model holds; nothing may be called after it. */
  dispose(): Promise<void>;
}

/** Something that can train a {@link ModelPlan}. The same plan, state and batches give the same numbers every time. */
export interface TensorBackend {
  /** `onnx`, `tfjs`, ... */
  readonly id: string;
  /**
   * What runs underneath: library, version, device, threads. Everything that may change the last digits of a result, so results are kept
   * under it.
   */
  readonly description: string;
  /**
   * @param state - every tensor of `stateTensors(plan)`, e.g. from `initialState`
   * @throws RangeError when a tensor is missing or has another shape
   */
  compile(plan: ModelPlan, state: NamedTensors): Promise<CompiledModel>;
}
