import { l2Of } from '@archon-dse/compression';
import type { Network } from '@archon-dse/core';
import { planModel, type ModelPlan, type NamedTensors, type TrainingSpec } from '@archon-dse/tensor';
import { stillRule, type BatchRule } from './batch-rule.js';
import { planPrediction } from './plan-prediction.js';
import { maskTensors, zeroMasks } from '../checkpoints/measure-weights.js';
import { createPruner } from './pruner.js';
import { rampOf, type Recipe } from './recipe.js';

export interface PlanOptions {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly epochs: number;
  /** Images in memory at once. */
  readonly batch: number;
  /** Weights to start from. */
  readonly initial?: NamedTensors;
}

/** What a recipe makes of a network. */
export interface TrainingPlan {
  readonly model: ModelPlan;
  readonly rule: BatchRule;
  /** The weights to start from, with those that the recipe adds. */
  readonly initial: NamedTensors;
}

/** Plan of a training: which weights move, decay and are masked, and what happens after each step. */
export function planTraining({ network, recipe, epochs, batch, initial = {} }: PlanOptions): TrainingPlan {
  const base = { network, batch, l2: decayOf(network, recipe) } satisfies TrainingSpec;
  if (recipe.prediction !== undefined) {
    const { spec, rule, added } = planPrediction({ network, recipe, prediction: recipe.prediction, initial });
    const l2 = { ...base.l2, ...spec.l2 };
    const model = planModel({ ...base, ...spec, l2, masked: rule.masked });
    return { model, rule, initial: { ...initial, ...added } };
  }
  const carried = zeroMasks(network, initial);
  const { pruning } = recipe;
  const rule =
    pruning === undefined
      ? stillRule(Object.keys(carried))
      : createPruner({ network, pruning, rampEpochs: rampOf(recipe, epochs), carried });
  return { model: planModel({ ...base, masked: rule.masked }), rule, initial: { ...initial, ...maskTensors(carried) } };
}

function decayOf({ layers }: Network, { decay }: Recipe): Readonly<Record<string, number>> {
  const coefficients = layers.map((layer) => [layer.name, l2Of(layer, decay)] as const);
  return Object.fromEntries(coefficients.filter(([, coefficient]) => coefficient > 0));
}
