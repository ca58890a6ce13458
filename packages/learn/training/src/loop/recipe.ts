import {
  learningRateAt,
  scheduleEpochs,
  type PredictionTraining,
  type Preset,
  type PruningPreset,
} from '@archon-dse/compression';
import type { PredictorSpec } from '@archon-dse/tensor';

/** How a network is trained, as plain data; a published preset is one. */
export interface Recipe extends Pick<Preset, 'momentum' | 'learningRate' | 'decay' | 'keep'> {
  /** What is pruned on the way; nothing unless given. */
  readonly pruning?: PruningRecipe;
  /** How the ReLUs of the blocks are predicted; they are computed unless given. */
  readonly prediction?: PredictionRecipe;
}

interface PruningRecipe extends Pick<PruningPreset, 'rampEpochs' | 'sparsities' | 'tail'> {
  /** Steps in which the share of zeros grows during the ramp, however many epochs it is stretched to; as published, one an epoch. */
  readonly rampSteps: number;
}

/** What becomes of the predictor's ternary kernels, and what trains beside it. */
export interface PredictionRecipe extends Omit<PredictorSpec, 'relus'> {
  readonly trains: PredictionTraining;
}

/** Epochs of a recipe as it is written; its schedule and its ramp are stretched to any other number. */
export function recipeEpochs({ learningRate }: Recipe): number {
  return scheduleEpochs(learningRate);
}

/** Learning rate of an epoch, from 0, of `epochs`. */
export function rateOf(recipe: Recipe, epoch: number, epochs: number): number {
  return learningRateAt(recipe.learningRate, Math.floor((epoch * recipeEpochs(recipe)) / epochs));
}

/** Epochs of the pruning ramp, at least 1, when the whole takes `epochs`; 0 without pruning. */
export function rampOf(recipe: Recipe, epochs: number): number {
  if (recipe.pruning === undefined) return 0;
  return Math.max(1, Math.round((recipe.pruning.rampEpochs * epochs) / recipeEpochs(recipe)));
}
