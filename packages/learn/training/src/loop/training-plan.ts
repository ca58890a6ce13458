import { l2Of } from '@archon-dse/compression';
import type { Network } from '@archon-dse/core';
import { planModel, type ModelPlan, type NamedTensors, type TrainingSpec } from '@archon-dse/tensor';
import { bothRules, stillRule, type BatchRule } from './batch-rule.js';
import { planPrediction } from './plan-prediction.js';
import { maskTensors } from '../checkpoints/measure-weights.js';
import { clearMasked, heldMasks, type HeldOptions } from './held-masks.js';
import { createPruner } from './pruner.js';
import { rampOf, type Recipe } from './recipe.js';

export interface PlanOptions extends HeldOptions {
  readonly network: Network;
  readonly recipe: Recipe;
  readonly epochs: number;
  /** Images in memory at once. */
  readonly batch: number;
  /** What happens after each step beside what the recipe says, and after it. */
  readonly rule?: BatchRule;
}

/** What a recipe makes of a network. */
export interface TrainingPlan {
  readonly model: ModelPlan;
  readonly rule: BatchRule;
  /** The weights to start from, with those that the recipe adds. */
  readonly initial: NamedTensors;
}

/** Plan of a training: which weights move, decay and are masked, and what happens after each step. */
export function planTraining(options: PlanOptions): TrainingPlan {
  const { network, recipe, batch, initial = {} } = options;
  const held = heldMasks(network, options);
  const { spec, rule: ofRecipe, added } = planRecipe(options, held);
  const rule = options.rule === undefined ? ofRecipe : bothRules(ofRecipe, options.rule);
  const l2 = { ...decayOf(network, recipe), ...spec.l2 };
  const model = planModel({ network, batch, ...spec, l2, masked: rule.masked });
  return { model, rule, initial: clearMasked({ ...initial, ...added, ...maskTensors(held) }) };
}

interface RecipePlan {
  readonly spec: Partial<TrainingSpec>;
  readonly rule: BatchRule;
  /** Weights to start from that the recipe adds. */
  readonly added: NamedTensors;
}

function planRecipe({ network, recipe, epochs, initial = {} }: PlanOptions, held: NamedTensors): RecipePlan {
  const { prediction, pruning } = recipe;
  if (prediction !== undefined) return planPrediction({ network, recipe, prediction, initial, held });
  const rule =
    pruning === undefined
      ? stillRule(Object.keys(held))
      : createPruner({ network, pruning, rampEpochs: rampOf(recipe, epochs), held });
  return { spec: {}, rule, added: {} };
}

function decayOf({ layers }: Network, { decay }: Recipe): Readonly<Record<string, number>> {
  const coefficients = layers.map((layer) => [layer.name, l2Of(layer, decay)] as const);
  return Object.fromEntries(coefficients.filter(([, coefficient]) => coefficient > 0));
}
