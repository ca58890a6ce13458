import { join } from 'node:path';
import { canonicalJson, type StageContext, type StageState, type TrainingBudget } from '@archon-dse/core';
import { sha256 } from '@archon-dse/core/files';
import { DEFAULT_AUGMENTATION, PUBLISHED_AUGMENTATION } from '@archon-dse/data';
import { loadBackend } from '../backends/load-backend.js';
import { cacheDir } from '../checkpoints/cache-dir.js';
import { digestOf, type Checkpoint, type CheckpointOrigin } from '../checkpoints/checkpoint.js';
import { digestDataset } from './dataset-digest.js';
import { loadSplit } from './dataset-source.js';
import { withWeights } from '../checkpoints/measure-weights.js';
import { oneAtATime } from '../checkpoints/one-at-a-time.js';
import { scorePredictor, type LayerPredictorScore, type PredictorScore } from '../loop/predictor-scores.js';
import type { BatchRecipe } from './recipes.js';
import { recipeEpochs } from '../loop/recipe.js';
import { badOption, numberOr, type TrainingOptions } from './stage-options.js';
import { trainModel, type TrainResult } from '../loop/train-model.js';
import type { TrainingProgress } from '../loop/training-progress.js';
import { stageProgress } from './stage-progress.js';

export interface StageRun {
  /** `train`, `prune`, ... */
  readonly stage: string;
  readonly recipe: BatchRecipe;
  readonly state: StageState;
  readonly options: TrainingOptions;
  readonly context: StageContext;
  /** What training starts from; from scratch unless given. */
  readonly initial?: Checkpoint;
}

/** Changes whenever training would give other numbers for the same options. */
const VERSION = 3;

/**
 * Trains as a stage: options to dataset and backend, checkpoint to densities, masks and metrics. Its folder is named after everything
 * the result depends on, images by their content and the backend by what really computes, so the same training is done once and goes on
 * where it stopped.
 */
export async function runStage({ stage, recipe, state, options, context, initial }: StageRun): Promise<StageState> {
  const { network } = state;
  const { seed, signal, onProgress } = context;
  const backend = await loadBackend(options.backend, { threads: context.threads ?? 1 });
  const dataset = { train: loadSplit(options, 'train', network), test: loadSplit(options, 'test', network) };
  const epochs = numberOr(options.epochs, recipeEpochs(recipe));
  const batch = numberOr(options.batch, recipe.batch);
  if (batch > dataset.train.count) {
    badOption(
      'batch',
      `a batch of ${String(batch)} images`,
      `at most the ${String(dataset.train.count)} images there are`,
    );
  }
  const microBatch = numberOr(options.microBatch, batch);
  if (batch % microBatch !== 0) {
    badOption('microBatch', `${String(microBatch)} images at once`, `a divisor of the batch, ${String(batch)}`);
  }
  const crops = { augmentation: options.crops === 'batch' ? PUBLISHED_AUGMENTATION : DEFAULT_AUGMENTATION };
  const before = initial === undefined ? null : digestOf(initial);
  const key = {
    ...{ VERSION, network, recipe, epochs, batch, microBatch, ...crops, seed, before },
    dataset: { train: digestDataset(dataset.train), test: digestDataset(dataset.test) },
    ...{ runtime: backend.description, code: context.code ?? null },
  };
  const checkpointDir = join(context.dir ?? cacheDir(), `${stage}-${sha256(canonicalJson(key)).slice(0, 16)}`);
  const origin: CheckpointOrigin = {
    ...(context.networkOptions === undefined ? {} : { networkOptions: context.networkOptions }),
    ...{ recipe: options.recipe, batch },
    ...(initial === undefined || before === null ? {} : { parent: { stage: initial.info.stage, sha256: before } }),
  };
  const training = {
    ...{ stage, network, backend, dataset, recipe, epochs, batch, microBatch, ...crops, seed, checkpointDir },
    ...(initial === undefined ? {} : { initial: initial.tensors }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (training: TrainingProgress) => onProgress(stageProgress(training)) }),
    origin,
  };
  const result = await oneAtATime(checkpointDir, signal, () => trainModel(training));
  const budget: TrainingBudget = {
    ...{
      stage,
      recipe: options.recipe,
      epochs,
      batch,
      microBatch,
      backend: backend.id,
      runtime: backend.description,
    },
    ...{ dataset: dataset.train.name, images: dataset.train.count, testImages: dataset.test.count },
  };
  return afterTraining(state, result, budget, join(checkpointDir, 'model.safetensors'));
}

function afterTraining(state: StageState, { kept }: TrainResult, budget: TrainingBudget, path: string): StageState {
  const { network } = state;
  const measured = withWeights(state, kept.tensors);
  const { history, epoch, prediction } = kept.info;
  const { testAccuracy, testLoss } = history[epoch] ?? { testAccuracy: 0, testLoss: 0 };
  const predicted = prediction === undefined ? undefined : scorePredictor(network, prediction.gates);
  return {
    ...measured,
    densities: withOutputs(measured.densities, predicted?.layers ?? []),
    metrics: { ...measured.metrics, accuracy: testAccuracy, loss: testLoss, ...predictionMetrics(predicted) },
    artifacts: { ...state.artifacts, checkpoint: path },
    budgets: [...(state.budgets ?? []), budget],
  };
}

/** Adds the share of activations that predictors let pass. */
function withOutputs(
  densities: StageState['densities'],
  layers: readonly LayerPredictorScore[],
): StageState['densities'] {
  const outputs = layers.map(
    ({ layer, maskDensity }) => [layer, { ...densities[layer], outputs: maskDensity }] as const,
  );
  return { ...densities, ...Object.fromEntries(outputs) };
}

function predictionMetrics(predicted: PredictorScore | undefined): StageState['metrics'] {
  if (predicted === undefined) return {};
  const { falseNegative, falsePositive, maskDensity } = predicted;
  return { falseNegative, falsePositive, maskDensity };
}
