import type { TrainingProgress } from '@archon-dse/core';

/** A stage that is applied to the network of a point: it has begun, or, with `progress`, how far its training has got. Plain data. */
export interface StageEvent {
  readonly network: string;
  readonly stage: string;
  readonly progress?: TrainingProgress;
}

export type StageListener = (event: StageEvent) => void;

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
