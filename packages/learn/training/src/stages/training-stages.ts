import { fail, type StageContext, type StageState } from '@archon-dse/core';
import { readCheckpoint, type Checkpoint } from '../checkpoints/checkpoint.js';
import { checkSameWeights } from '../checkpoints/same-weights.js';
import { recipeEpochs } from '../loop/recipe.js';
import { predictionRecipe, pruningRecipe, trainingRecipe, type BatchRecipe } from './recipes.js';
import { runStage } from './run-stage.js';
import {
  badOption,
  numberOr,
  type PredictionOptions,
  type PruningOptions,
  type TrainingOptions,
} from './stage-options.js';

/** Body of the stage `train`, with `TRAINING_OPTIONS`: on with the checkpoint of the stage before it, from scratch where there is none. */
export async function applyTraining(
  state: StageState,
  options: TrainingOptions,
  context: StageContext,
): Promise<StageState> {
  const recipe = trainingRecipe(options.recipe, state.network);
  const isTrained = state.artifacts['checkpoint'] !== undefined;
  const initial = isTrained ? { initial: await checkpointOf(state, 'train') } : {};
  return runStage({ stage: 'train', recipe, state, options, context, ...initial });
}

/**
 * Body of the stage `prune`, with `PRUNING_OPTIONS`: goes on with the checkpoint of the stage before it.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when there is none
 */
export async function applyPruning(
  state: StageState,
  options: PruningOptions,
  context: StageContext,
): Promise<StageState> {
  const recipe = withDensities(pruningRecipe(options.recipe, state.network), options);
  return runStage({ stage: 'prune', recipe, state, options, context, initial: await checkpointOf(state, 'prune') });
}

/**
 * Body of the stage `predict`, with `PREDICTION_OPTIONS`: goes on with the checkpoint of the stage before it.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when there is none, ARCHON_NETWORK_INVALID when no block has ReLUs to predict
 */
export async function applyPrediction(
  state: StageState,
  options: PredictionOptions,
  context: StageContext,
): Promise<StageState> {
  const recipe = withKernels(predictionRecipe(options.recipe, state.network), options);
  return runStage({ stage: 'predict', recipe, state, options, context, initial: await checkpointOf(state, 'predict') });
}

function withKernels(recipe: BatchRecipe, { kernels, gradientFactor }: PredictionOptions): BatchRecipe {
  const { prediction } = recipe;
  if (prediction === undefined) return recipe;
  const chosen = kernels === 'recipe' ? prediction.kernels : kernels;
  const factor = chosen === 'straightThrough' ? { gradientFactor } : {};
  return { ...recipe, prediction: { trains: prediction.trains, kernels: chosen, ...factor } };
}

function withDensities(recipe: BatchRecipe, options: PruningOptions): BatchRecipe {
  const { rampEpochs = 1, rampSteps = 1, tail = false } = recipe.pruning ?? {};
  const inRecipe = recipeEpochs(recipe);
  const epochs = numberOr(options.epochs, inRecipe);
  const ramp = options.rampEpochs;
  if (ramp > epochs) {
    badOption('rampEpochs', `a ramp of ${String(ramp)} epochs`, `at most the ${String(epochs)} epochs of the stage`);
  }
  const sparsities = { pointwise: 1 - options.pointwiseDensity, depthwise: 1 - options.depthwiseDensity };
  return {
    ...recipe,
    pruning: { sparsities, tail, rampSteps, rampEpochs: ramp === 0 ? rampEpochs : (ramp * inRecipe) / epochs },
  };
}

/**
 * The trained network that the stages before left: their weights, in the network of the state.
 *
 * @param stage - who asks, for the message
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when there is none, it cannot be read, or the network has other weights since; ARCHON_FILE_*
 */
export async function checkpointOf(
  { artifacts, network }: Pick<StageState, 'artifacts' | 'network'>,
  stage: string,
): Promise<Checkpoint> {
  const { checkpoint } = artifacts;
  if (typeof checkpoint === 'string') {
    const { info, tensors } = await readCheckpoint(checkpoint);
    checkSameWeights(info.network, network, stage);
    return { info: { ...info, network }, tensors };
  }
  return fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: `there is no trained network for the stage "${stage}"`,
    expected: `a stage "train" or "import" before the stage "${stage}"`,
  });
}
