import { join } from 'node:path';
import {
  canonicalJson,
  type JsonValue,
  type StageContext,
  type StageState,
  type TrainingBudget,
} from '@archon-dse/core';
import { cacheDir, sha256 } from '@archon-dse/core/files';
import { DEFAULT_AUGMENTATION, PUBLISHED_AUGMENTATION, type Dataset } from '@archon-dse/data';
import type { NamedTensors } from '@archon-dse/tensor';
import { loadBackend } from '../backends/load-backend.js';
import { digestOf, digestTensors, type Checkpoint, type CheckpointOrigin } from '../checkpoints/checkpoint.js';
import { digestDataset } from './dataset-digest.js';
import { loadSplit } from './dataset-source.js';
import { stateMasks } from '../checkpoints/kernel-masks.js';
import { oneAtATime } from '../checkpoints/one-at-a-time.js';
import type { BatchRule } from '../loop/batch-rule.js';
import { bothMasks, type HeldOptions } from '../loop/held-masks.js';
import type { BatchRecipe } from './recipes.js';
import { recipeEpochs } from '../loop/recipe.js';
import { stateAfter } from './state-after.js';
import { badOption, numberOr, type TrainingOptions } from './stage-options.js';
import { trainModel, type TrainOptions, type TrainResult } from '../loop/train-model.js';
import type { TrainingProgress } from '../loop/training-progress.js';
import { stageProgress } from './stage-progress.js';

/** What a stage of one's own trains: what it was applied to, and how. */
export interface StageRun extends Pick<HeldOptions, 'masks' | 'zeros'> {
  /** Its name, as checkpoints and folders have it: `train`, `prune`, ... */
  readonly stage: string;
  readonly recipe: BatchRecipe;
  readonly state: StageState;
  readonly options: TrainingOptions;
  readonly context: StageContext;
  /** What training starts from; from scratch unless given. See `checkpointOf`. */
  readonly initial?: Checkpoint;
  /** What happens after each step beside what the recipe says, and after it. */
  readonly rule?: BatchRule;
  /** What `rule` depends on beside its code, as plain JSON: a training is found again only where it is the same. */
  readonly ruleKey?: JsonValue;
}

/** Changes whenever training would give other numbers for the same options. */
const VERSION = 3;

/**
 * Trains as a stage: options to dataset and backend, checkpoint to densities, masks and metrics. Its folder is named after everything
 * the result depends on, images by their content and the backend by what really computes, so the same training is done once and goes on
 * where it stopped. Weights that the masks of the state leave out, or that are zero at the start, stay zero unless `zeros` is `free`.
 *
 * @throws ArchonError ARCHON_BAD_OPTION when batch and images do not fit, and what `trainModel`, `loadSplit` and `loadBackend` throw
 */
export async function runStage(run: StageRun): Promise<StageState> {
  const { stage, state, options, context, initial, rule, zeros = 'held' } = run;
  const { network } = state;
  const { signal, onProgress } = context;
  const backend = await loadBackend(options.backend, { threads: context.threads ?? 1 });
  const dataset = { train: loadSplit(options, 'train', network), test: loadSplit(options, 'test', network) };
  const size = sizeOf(run, dataset.train);
  const masks = masksOf(run);
  const parent = initial && { stage: initial.info.stage, sha256: digestOf(initial) };
  const key = {
    ...keyOf(run, parent, masks),
    ...size,
    dataset: { train: digestDataset(dataset.train), test: digestDataset(dataset.test) },
    runtime: backend.description,
  };
  const checkpointDir = join(context.dir ?? cacheDir(), `${stage}-${sha256(canonicalJson(key)).slice(0, 16)}`);
  const training: TrainOptions = {
    ...{ stage, network, backend, dataset, recipe: run.recipe, ...size, seed: context.seed, checkpointDir, zeros },
    ...(initial === undefined ? {} : { initial: initial.tensors }),
    ...(masks === undefined ? {} : { masks }),
    ...(rule === undefined ? {} : { rule }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (training: TrainingProgress) => onProgress(stageProgress(training)) }),
    origin: originOf(run, parent, size.batch),
  };
  const result = await oneAtATime(checkpointDir, signal, () => trainModel(training));
  const { epochs, batch, microBatch } = size;
  const budget: TrainingBudget = {
    ...{ stage, recipe: options.recipe, epochs, batch, microBatch, backend: backend.id, runtime: backend.description },
    ...{ dataset: dataset.train.name, images: dataset.train.count, testImages: dataset.test.count },
  };
  return afterTraining(state, result, budget, join(checkpointDir, 'model.safetensors'));
}

/** How much is trained at once, and for how long. @throws ArchonError ARCHON_BAD_OPTION */
function sizeOf({ recipe, options }: StageRun, { count }: Dataset) {
  const epochs = numberOr(options.epochs, recipeEpochs(recipe));
  const batch = numberOr(options.batch, recipe.batch);
  const microBatch = numberOr(options.microBatch, batch);
  if (batch > count) {
    badOption('batch', `a batch of ${String(batch)} images`, `at most the ${String(count)} images there are`);
  }
  if (batch % microBatch !== 0) {
    badOption('microBatch', `${String(microBatch)} images at once`, `a divisor of the batch, ${String(batch)}`);
  }
  const augmentation = options.crops === 'batch' ? PUBLISHED_AUGMENTATION : DEFAULT_AUGMENTATION;
  return { epochs, batch, microBatch, augmentation };
}

/** What the result depends on beside images, size and backend. */
function keyOf(
  { state, recipe, context, zeros = 'held', ruleKey }: StageRun,
  parent: CheckpointOrigin['parent'],
  masks?: NamedTensors,
) {
  const before = parent?.sha256 ?? null;
  return {
    ...{ VERSION, network: state.network, recipe, seed: context.seed, before, code: context.code ?? null },
    ...(masks === undefined ? {} : { masks: digestTensors(masks) }),
    ...(zeros === 'held' ? {} : { zeros }),
    ...(ruleKey === undefined ? {} : { ruleKey }),
  };
}

function originOf({ options, context }: StageRun, parent: CheckpointOrigin['parent'], batch: number): CheckpointOrigin {
  const { networkOptions } = context;
  return {
    ...(networkOptions === undefined ? {} : { networkOptions }),
    ...{ recipe: options.recipe, batch },
    ...(parent === undefined ? {} : { parent }),
  };
}

/** Masks of the state and of the stage; nothing where the zeros of the start are all there is to hold. */
function masksOf({ state, initial, masks = {}, zeros = 'held' }: StageRun): NamedTensors | undefined {
  const all = bothMasks(zeros === 'free' ? {} : stateMasks(state.network, state.masks ?? {}), masks);
  const start = initial?.tensors ?? {};
  const clears = Object.entries(all).some(([name, { data }]) =>
    data.some((keep, index) => keep === 0 && start[name]?.data[index] !== 0),
  );
  return clears ? all : undefined;
}

function afterTraining(state: StageState, { kept }: TrainResult, budget: TrainingBudget, path: string): StageState {
  return { ...stateAfter(state, kept, path), budgets: [...(state.budgets ?? []), budget] };
}
