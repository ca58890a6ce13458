import type { BatchNormNode, ModelPlan, WeightPlan } from './plan.js';

/** The weights that have a gradient and move, in the order of the plan. */
export function trainableWeights({ weights }: ModelPlan): readonly WeightPlan[] {
  return weights.filter(({ trainable }) => trainable);
}

/** Names of the weights of a BatchNorm. */
export function normWeights({ owner }: BatchNormNode) {
  return { gamma: `${owner}/gamma`, beta: `${owner}/beta`, mean: `${owner}/mean`, variance: `${owner}/variance` };
}

/** What the variance of a batch is multiplied by to be that of a sample. @param count - values a channel */
export function sampleFactor(count: number): number {
  return count / Math.max(count - 1, 1);
}
