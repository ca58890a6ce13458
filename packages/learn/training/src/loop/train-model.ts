import type { Network } from '@archon-dse/core';
import { createBatchTarget, trainingBatches, type Augmentation, type Dataset } from '@archon-dse/data';
import { initialState, maskName, type CompiledModel, type ModelPlan, type TensorBackend } from '@archon-dse/tensor';
import type { BatchRule } from './batch-rule.js';
import type { Checkpoint, CheckpointInfo, CheckpointOrigin } from '../checkpoints/checkpoint.js';
import type { EpochResult } from '../checkpoints/epoch-result.js';
import { checkDataset, scoreModel, type Score } from './evaluate-model.js';
import { clearMasked, type HeldOptions } from './held-masks.js';
import { predictorSpec } from './plan-prediction.js';
import { rampOf, rateOf, type Recipe } from './recipe.js';
import { KEPT_FILE, LAST_FILE, readSaved, writeSaved, type Saved } from '../checkpoints/saved-training.js';
import { diverged, trainEpoch } from './train-epoch.js';
import { planTraining } from './training-plan.js';
import type { TrainingProgress } from './training-progress.js';

export interface TrainOptions extends HeldOptions {
  /** What checkpoints call it: `train`, `prune`, ... */
  readonly stage: string;
  readonly network: Network;
  readonly backend: TensorBackend;
  readonly dataset: { readonly train: Dataset; readonly test: Dataset };
  readonly recipe: Recipe;
  readonly epochs: number;
  /** Images a step. */
  readonly batch: number;
  /**
   * Images in memory at once, a divisor of `batch`; all of them unless given. BatchNorm normalises so many together, so the result
   * depends on it.
   */
  readonly microBatch?: number;
  readonly seed: number;
  /** The dataset's usual one unless given. */
  readonly augmentation?: Augmentation;
  /** What happens after each step beside what the recipe says, and after it. */
  readonly rule?: BatchRule;
  /**
   * Folder of checkpoints, for one set of all other options: `last.safetensors` after each epoch, with the state of the optimiser, to go
   * on from; `model.safetensors`, the weights and masks of the epoch that is kept. Training that is done there is not done again.
   */
  readonly checkpointDir?: string;
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** What checkpoints say about where they come from. */
  readonly origin?: CheckpointOrigin;
}

export interface TrainResult {
  /** The epoch that the recipe keeps: weights and, of pruned kernels, masks. */
  readonly kept: Checkpoint;
  readonly history: readonly EpochResult[];
}

/**
 * Trains a network, and prunes it or predicts its ReLUs where the recipe says so. Equal options give equal results, whether or not training was stopped, or
 * killed, and resumed on the way.
 *
 * @throws ArchonError ARCHON_DATA_MISMATCH, ARCHON_CHECKPOINT_INVALID, ARCHON_TRAINING_DIVERGED, ARCHON_INTERRUPTED
 */
export async function trainModel(options: TrainOptions): Promise<TrainResult> {
  const { network, epochs, seed, backend, dataset, microBatch = options.batch } = options;
  checkDataset(network, dataset.train);
  checkDataset(network, dataset.test);
  const saved = await readSaved(options.checkpointDir);
  if (saved.kept !== undefined && saved.history.length === epochs) return { kept: saved.kept, history: saved.history };
  const { model: plan, rule, initial } = planTraining({ ...options, batch: microBatch });
  const model = await backend.compile(plan, saved.state ?? clearMasked(initialState(plan, seed, initial)));
  try {
    return await trainEpochs(options, model, rule, saved);
  } finally {
    await model.dispose();
  }
}

async function trainEpochs(
  options: TrainOptions,
  model: CompiledModel,
  rule: BatchRule,
  saved: Saved,
): Promise<TrainResult> {
  const { dataset, recipe, epochs, batch, seed, augmentation, checkpointDir, signal } = options;
  const batches = trainingBatches(dataset.train, {
    batch,
    layout: 'nhwc',
    seed,
    ...(augmentation === undefined ? {} : { augmentation }),
  });
  const target = createBatchTarget(dataset.train, batch);
  const report = progressOf(options, saved.history.length, batches.batchesPerEpoch);
  const history = [...saved.history];
  let kept = saved.kept;
  for (let epoch = history.length; epoch < epochs; epoch += 1) {
    const onBatch = report(epoch);
    const run = { model, batches, target, rule, onBatch, ...(signal === undefined ? {} : { signal }) };
    const rates = { learningRate: rateOf(recipe, epoch, epochs), momentum: recipe.momentum };
    const trained = await trainEpoch(run, epoch, rates);
    const score = await scoreModel(model, dataset.test);
    if (!Number.isFinite(score.loss)) {
      diverged(`the loss on test images is ${String(score.loss)} after epoch ${String(epoch + 1)}`, rates.learningRate);
    }
    history.push({ ...trained, testLoss: score.loss, testAccuracy: score.top1 });
    const info = infoOf(options, history, score);
    if (kept === undefined || isKept(recipe, history, epochs)) {
      kept = { info, tensors: await model.readState(keptTensors(model.plan)) };
      if (checkpointDir !== undefined) await writeSaved(checkpointDir, KEPT_FILE, kept);
    }
    if (checkpointDir !== undefined) {
      await writeSaved(checkpointDir, LAST_FILE, { info, tensors: await model.readState() });
    }
  }
  if (kept === undefined) throw new RangeError(`${String(epochs)} epochs`);
  return { kept, history };
}

/** Whether the last epoch of the history is the best so far of those that count. */
function isKept(recipe: Recipe, history: readonly EpochResult[], epochs: number): boolean {
  if (recipe.keep === 'last') return true;
  const first = recipe.keep === 'best' ? 0 : Math.min(rampOf(recipe, epochs), epochs - 1);
  const [latest, ...earlier] = history.slice(first).reverse();
  if (latest === undefined) return true;
  return earlier.every(({ testAccuracy }) => testAccuracy < latest.testAccuracy);
}

function keptTensors({ weights }: ModelPlan): readonly string[] {
  return weights.flatMap(({ name, masked }) => (masked ? [name, maskName(name)] : [name]));
}

function infoOf(options: TrainOptions, history: readonly EpochResult[], { gates }: Score): CheckpointInfo {
  const { stage, network, dataset, seed, epochs, recipe } = options;
  const { prediction } = recipe;
  return {
    stage,
    network,
    dataset: dataset.train.name,
    seed,
    epochs,
    history: [...history],
    epoch: history.length - 1,
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(prediction === undefined ? {} : { prediction: { predictor: predictorSpec(network, prediction), gates } }),
  };
}

/** Speed and time left are measured from the first batch on; time left counts the evaluations in. */
function progressOf({ epochs, batch, onProgress }: TrainOptions, firstEpoch: number, batches: number) {
  const start = performance.now();
  return (epoch: number) => {
    const epochStart = performance.now();
    return (sofar: Pick<TrainingProgress, 'batch' | 'loss' | 'accuracy'>): void => {
      const now = performance.now();
      const done = (epoch - firstEpoch) * batches + sofar.batch;
      const left = (epochs - firstEpoch) * batches - done;
      onProgress?.({
        epoch,
        epochs,
        batches,
        ...sofar,
        imagesPerSecond: (1000 * sofar.batch * batch) / Math.max(now - epochStart, 1),
        etaMs: ((now - start) / done) * left,
      });
    };
  };
}
