import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '@archon-dse/runner';
import { formatDuration } from './format.js';
import type { Output } from './output.js';

export interface ProgressView {
  update(event: Progress): void;
  /** Leaves the view as it is; later updates are not shown. */
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
  let state: 'new' | 'running' | 'stopped' = 'new';
  return {
    update(event) {
      if (state === 'stopped') return;
      if (state === 'new') bar.start(event.total, 0, { note: '' });
      state = 'running';
      bar.update(event.done, { note: describe(event) });
    },
    stop() {
      if (state === 'running') bar.stop();
      state = 'stopped';
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
