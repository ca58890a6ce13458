import { setImmediate } from 'node:timers/promises';
import { fail } from '@archon-dse/core';
import type { BatchTarget, TrainingBatches } from '@archon-dse/data';
import { BATCH_NORM, type Batch, type CompiledModel, type StepOptions } from '@archon-dse/tensor';
import type { BatchRule } from './batch-rule.js';
import type { TrainingProgress } from './training-progress.js';
import type { EpochResult } from '../checkpoints/epoch-result.js';

export interface EpochRun {
  readonly model: CompiledModel;
  readonly batches: TrainingBatches;
  readonly target: BatchTarget;
  readonly rule: BatchRule;
  readonly signal?: { readonly aborted: boolean };
  readonly onBatch: (sofar: Pick<TrainingProgress, 'batch' | 'loss' | 'accuracy'>) => void;
}

/**
 * One pass over the training images.
 *
 * @throws ArchonError ARCHON_INTERRUPTED between two batches when the signal is set; ARCHON_TRAINING_DIVERGED when the loss is no number
 */
export async function trainEpoch(
  run: EpochRun,
  epoch: number,
  rates: StepOptions,
): Promise<Pick<EpochResult, 'trainLoss' | 'trainAccuracy'>> {
  const { model, batches, target, rule, signal, onBatch } = run;
  const parts = partsOf(target, model.plan.batch);
  let lossSum = 0;
  let correct = 0;
  for (let batch = 0; batch < batches.batchesPerEpoch; batch += 1) {
    await setImmediate(); // lets signal handlers run
    if (signal?.aborted === true) interrupted();
    batches.fill(epoch, batch, target);
    const steps = epoch * batches.batchesPerEpoch + batch;
    const step = await model.step(parts, { ...rates, normMomentum: normMomentumAt(steps) });
    if (!Number.isFinite(step.loss)) {
      const at = `batch ${String(batch + 1)} of ${String(batches.batchesPerEpoch)} in epoch ${String(epoch + 1)}`;
      diverged(`the loss is ${String(step.loss)} at ${at}`, rates.learningRate);
    }
    await rule.afterBatch(model, { epoch, batch, batchesPerEpoch: batches.batchesPerEpoch });
    lossSum += step.loss;
    correct += step.correct;
    const done = batch + 1;
    onBatch({ batch: done, loss: lossSum / done, accuracy: correct / (done * target.labels.length) });
  }
  const { batchesPerEpoch } = batches;
  return { trainLoss: lossSum / batchesPerEpoch, trainAccuracy: correct / (batchesPerEpoch * target.labels.length) };
}

/**
 * The moving statistics follow fast at first, so that they fit also after a few hundred steps; from step 890 on it is the usual 0.99.
 *
 * @source TensorFlow, ExponentialMovingAverage with the number of updates
 */
function normMomentumAt(steps: number): number {
  return Math.min(BATCH_NORM.momentum, (1 + steps) / (10 + steps));
}

/** Views of a batch, each of `size` images. */
function partsOf({ images, labels }: BatchTarget, size: number): readonly Batch[] {
  const values = images.length / labels.length;
  return Array.from({ length: labels.length / size }, (_, part) => ({
    images: images.subarray(part * size * values, (part + 1) * size * values),
    labels: labels.subarray(part * size, (part + 1) * size),
  }));
}

function interrupted(): never {
  return fail({
    code: 'ARCHON_INTERRUPTED',
    message: 'training was interrupted',
    expected: 'the same command again, which goes on after the last whole epoch',
  });
}

/** @param problem - what is infinite or no number, and when */
export function diverged(problem: string, learningRate: number): never {
  return fail({
    code: 'ARCHON_TRAINING_DIVERGED',
    message: `${problem}, at learning rate ${String(learningRate)}`,
    expected: 'a finite loss',
    hint: 'The learning rate is too high for this network and batch: use a larger batch, or another recipe.',
  });
}
