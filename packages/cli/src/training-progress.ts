import { Presets, SingleBar } from 'cli-progress';
import type { TrainingProgress } from '@archon-dse/core';
import { formatDuration } from './format.js';
import type { Output } from './output.js';

export interface TrainingView {
  update(event: TrainingProgress): void;
  /** Leaves the view as it is. */
  stop(): void;
}

/** Progress of one stage: a bar over all batches on a terminal, a line for each epoch otherwise. */
export function createTrainingProgress(output: Output, stage: string): TrainingView {
  if (!output.errorIsTerminal) {
    return {
      update(event) {
        if (event.batch === event.batches) output.info(`${stage}  ${describe(event)}`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    {
      format: `${stage} {bar} {percentage}%  {note}`,
      hideCursor: true,
      stream: process.stderr,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  return {
    update(event) {
      if (!bar.isActive) bar.start(event.epochs * event.batches, 0, { note: '' });
      bar.update(event.epoch * event.batches + event.batch, { note: describe(event) });
    },
    stop: () => bar.stop(),
  };
}

/** Loss and accuracy are those on the training images of the epoch so far. */
function describe({ epoch, epochs, loss, accuracy, imagesPerSecond, etaMs }: TrainingProgress): string {
  return [
    `epoch ${String(epoch + 1)}/${String(epochs)}`,
    `loss ${loss.toFixed(3)}`,
    `accuracy ${(100 * accuracy).toFixed(1)}%`,
    `${imagesPerSecond.toFixed(0)} images/s`,
    `${formatDuration(etaMs)} left`,
  ].join('  ');
}
