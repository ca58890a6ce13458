import { setImmediate } from 'node:timers/promises';
import { fail, type TrainingProgress } from '@archon-dse/core';
import type { BatchTarget, TrainingBatches } from '@archon-dse/data';
import type { CompiledModel, StepOptions } from '@archon-dse/tensor';
import type { EpochResult } from './epoch-result.js';
import type { Pruner } from './pruner.js';

export interface EpochRun {
  readonly model: CompiledModel;
  readonly batches: TrainingBatches;
  readonly target: BatchTarget;
  readonly pruner: Pruner;
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
  options: StepOptions,
): Promise<Pick<EpochResult, 'trainLoss' | 'trainAccuracy'>> {
  const { model, batches, target, pruner, signal, onBatch } = run;
  let lossSum = 0;
  let correct = 0;
  for (let batch = 0; batch < batches.batchesPerEpoch; batch += 1) {
    await setImmediate(); // lets signal handlers run
    if (signal?.aborted === true) interrupted();
    batches.fill(epoch, batch, target);
    const step = await model.step([target], options);
    if (!Number.isFinite(step.loss)) diverged(step.loss, epoch, options.learningRate);
    await pruner.afterBatch(model, epoch, batch === batches.batchesPerEpoch - 1);
    lossSum += step.loss;
    correct += step.correct;
    const done = batch + 1;
    onBatch({ batch: done, loss: lossSum / done, accuracy: correct / (done * model.plan.batch) });
  }
  const { batchesPerEpoch } = batches;
  return { trainLoss: lossSum / batchesPerEpoch, trainAccuracy: correct / (batchesPerEpoch * model.plan.batch) };
}

function interrupted(): never {
  return fail({
    code: 'ARCHON_INTERRUPTED',
    message: 'training was interrupted',
    expected: 'the same command again, which goes on after the last whole epoch',
  });
}

function diverged(loss: number, epoch: number, learningRate: number): never {
  return fail({
    code: 'ARCHON_TRAINING_DIVERGED',
    message: `the loss is ${String(loss)} in epoch ${String(epoch)} at learning rate ${String(learningRate)}`,
    expected: 'a finite loss',
    hint: 'a lower learning rate',
  });
}
