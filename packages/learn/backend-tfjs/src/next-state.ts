import {
  maskName,
  momentumName,
  normWeights,
  type ModelPlan,
  type StepOptions,
  type WeightPlan,
} from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { WeightGradients } from './backward.js';
import { moveStatistic, unbiased } from './batch-norm.js';
import type { PlanPass } from './plan-pass.js';

type State = ReadonlyMap<string, Tensor>;

/** State tensors after a step, by name. */
export type NextState = readonly (readonly [name: string, tensor: Tensor])[];

/** Sum of the L2 terms. */
export function penalty(plan: ModelPlan, state: State): number {
  const terms = plan.weights
    .filter(({ l2 }) => l2 > 0)
    .map(({ name, l2 }) => tf.tidy(() => tf.mul(tf.sum(tf.square(at(state, name))), l2)));
  return terms.reduce((sum, term) => sum + (term.dataSync()[0] ?? Number.NaN), 0);
}

/** Weights and momenta after a step. */
export function nextWeights(
  plan: ModelPlan,
  state: State,
  gradients: WeightGradients,
  options: StepOptions,
): NextState {
  return plan.weights.flatMap((weight) => nextWeight(weight, state, gradients.get(weight.name), options));
}

function nextWeight(weight: WeightPlan, state: State, ofLoss: Tensor | undefined, options: StepOptions): NextState {
  const { name, trainable, l2, masked } = weight;
  const now = at(state, name);
  const masking = (value: Tensor): Tensor => (masked ? tf.mul(value, at(state, maskName(name))) : value);
  if (!trainable) return masked ? [[name, masking(now)]] : [];
  const pulls = [...(ofLoss === undefined ? [] : [ofLoss]), ...(l2 > 0 ? [tf.mul(now, 2 * l2)] : [])];
  const steps = pulls.map((pull) => tf.mul(pull, options.learningRate));
  const kept: Tensor = tf.mul(at(state, momentumName(name)), options.momentum);
  const velocity = steps.reduce((sum, step) => tf.sub(sum, step), kept);
  return [
    [momentumName(name), velocity],
    [name, masking(tf.add(now, velocity))],
  ];
}

/** Moving statistics after a pass in training. @param kept - share of them that stays */
export function nextStatistics({ plan, norms, state }: PlanPass, kept: number): NextState {
  return plan.nodes.flatMap((node): NextState => {
    const batch = norms.get(node.name);
    if (node.op !== 'batchNorm' || !node.training || batch === undefined) return [];
    const { mean, variance } = normWeights(node);
    const count = plan.batch * node.shape[0] * node.shape[1];
    return [
      [mean, moveStatistic(at(state, mean), batch.mean, kept)],
      [variance, moveStatistic(at(state, variance), unbiased(batch.variance, count), kept)],
    ];
  });
}

function at(state: State, name: string): Tensor {
  const tensor = state.get(name);
  if (tensor === undefined) throw new RangeError(`the state has no tensor "${name}"`);
  return tensor;
}
