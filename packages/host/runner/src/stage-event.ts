import type { TrainingProgress } from '@archon-dse/core';

/** A stage that is applied to the network of a point: it has begun, or, with `progress`, how far its training has got. Plain data. */
export interface StageEvent {
  readonly network: string;
  readonly stage: string;
  readonly progress?: TrainingProgress;
}

export type StageListener = (event: StageEvent) => void;

const INTERVAL_MS = 100;

/** Passes on where a stage begins and where an epoch ends, and of the batches between no more than a person can follow. */
export function throttled(listener: StageListener): StageListener {
  let next = 0;
  return (event) => {
    const { progress } = event;
    const now = performance.now();
    if (progress !== undefined && progress.batch < progress.batches && now < next) return;
    next = now + INTERVAL_MS;
    listener(event);
  };
}

/** What a plugin calls progress, as the numbers that are documented and nothing else. */
export function copyProgress(progress: TrainingProgress): TrainingProgress {
  const { epoch, epochs, batch, batches, loss, accuracy, imagesPerSecond, etaMs } = progress;
  return {
    epoch: Number(epoch),
    epochs: Number(epochs),
    batch: Number(batch),
    batches: Number(batches),
    loss: Number(loss),
    accuracy: Number(accuracy),
    imagesPerSecond: Number(imagesPerSecond),
    etaMs: Number(etaMs),
  };
}
