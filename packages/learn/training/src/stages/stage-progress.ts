import { percentText, type StageProgress } from '@archon-dse/core';
import type { TrainingProgress } from '../loop/training-progress.js';

/** How far a training has got, in epochs. Loss and accuracy are those on the training images of the epoch so far. */
export function stageProgress(training: TrainingProgress): StageProgress {
  const { epoch, epochs, batch, batches, loss, accuracy, imagesPerSecond, etaMs } = training;
  const figures = [
    `loss ${loss.toFixed(3)}`,
    `accuracy ${percentText(accuracy, 1, '')}`,
    `${imagesPerSecond.toFixed(0)} images/s`,
  ];
  return { done: epoch + batch / batches, total: epochs, unit: 'epoch', figures, etaMs };
}
