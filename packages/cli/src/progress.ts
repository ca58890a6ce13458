import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '@archon-dse/runner';
import { formatDuration } from './format.js';
import type { Output } from './output.js';

export interface ProgressView {
  update(event: Progress): void;
  stop(): void;
}

/** A bar with ETA on a terminal, a line every tenth of the way otherwise. */
export function createProgress(output: Output): ProgressView {
  return output.errorIsTerminal ? barProgress() : lineProgress(output);
}

function barProgress(): ProgressView {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}%  {value}/{total} points  {note}',
      hideCursor: true,
      stream: process.stderr,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update(event) {
      if (!started) bar.start(event.total, 0, { note: '' });
      started = true;
      bar.update(event.done, { note: describe(event) });
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function lineProgress(output: Output): ProgressView {
  let nextTenth = 1;
  return {
    update(event) {
      if (event.total === 0 || (event.done / event.total) * 10 < nextTenth) return;
      nextTenth = Math.floor((event.done / event.total) * 10) + 1;
      output.info(`${String(event.done)}/${String(event.total)} points  ${describe(event)}`);
    },
    stop: () => undefined,
  };
}

function describe({ failed, skipped, elapsedMs, etaMs, done, total }: Progress): string {
  const parts = [
    done < total && etaMs !== undefined ? `${formatDuration(etaMs)} left` : formatDuration(elapsedMs),
    ...(skipped > 0 ? [`${String(skipped)} from before`] : []),
    ...(failed > 0 ? [`${String(failed)} failed`] : []),
  ];
  return parts.join(', ');
}
