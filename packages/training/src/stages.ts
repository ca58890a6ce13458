import { fail, type Options, type StageContext, type StageState } from '@archon-dse/core';
import { readCheckpoint, type Checkpoint } from './checkpoint.js';
import { recipeEpochs } from './recipe.js';
import { pruningRecipe, trainingRecipe, type BatchRecipe, type RecipeName } from './recipes.js';
import { runStage } from './run-stage.js';
import { badOption, numberOr } from './stage-options.js';

/** Body of the stage `train`: from scratch, with `TRAINING_OPTIONS`. */
export async function applyTraining(state: StageState, options: Options, context: StageContext): Promise<StageState> {
  const recipe = trainingRecipe(options['recipe'] as RecipeName, state.network);
  return runStage({ stage: 'train', recipe, state, options, context });
}

/**
 * Body of the stage `prune`, with `PRUNING_OPTIONS`: goes on with the checkpoint of the stage before it.
 *
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID when there is none
 */
export async function applyPruning(state: StageState, options: Options, context: StageContext): Promise<StageState> {
  const recipe = withDensities(pruningRecipe(options['recipe'] as RecipeName, state.network), options);
  return runStage({ stage: 'prune', recipe, state, options, context, initial: await checkpointOf(state) });
}

function withDensities(recipe: BatchRecipe, options: Options): BatchRecipe {
  const { rampEpochs = 1, tail = false } = recipe.pruning ?? {};
  const inRecipe = recipeEpochs(recipe);
  const epochs = numberOr(options, 'epochs', inRecipe);
  const ramp = numberOr(options, 'rampEpochs', 0);
  if (ramp > epochs) {
    badOption('rampEpochs', `a ramp of ${String(ramp)} epochs`, `at most the ${String(epochs)} epochs of the stage`);
  }
  const sparsities = {
    pointwise: 1 - Number(options['pointwiseDensity']),
    depthwise: 1 - Number(options['depthwiseDensity']),
  };
  return {
    ...recipe,
    pruning: { sparsities, tail, rampEpochs: ramp === 0 ? rampEpochs : (ramp * inRecipe) / epochs },
  };
}

async function checkpointOf({ artifacts }: StageState): Promise<Checkpoint> {
  const { checkpoint } = artifacts;
  if (typeof checkpoint === 'string') return readCheckpoint(checkpoint);
  return fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message: 'there is no trained network to prune',
    expected: 'a stage "train" before the stage "prune"',
  });
}
