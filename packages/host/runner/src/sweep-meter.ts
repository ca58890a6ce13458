import type { Job } from '@archon-dse/engine';
import { refinedForecast } from './explore/second-step.js';
import { ProgressMeter, type Progress } from './progress.js';
import type { RunReporter } from './run-reporter.js';
import type { Run, StepMeter } from './run-step.js';
import type { RunSweepOptions } from './run-sweep.js';

/** The points of a first step, as far as they are known. */
export interface FirstPoints {
  readonly total: number;
  readonly known: () => readonly Job[];
  /** The most that a search will evaluate; absent where all are known. */
  readonly most?: number;
}

/** Tells the progress of one step after the other. A first step that searches begins again with each batch. */
export interface SweepMeter extends StepMeter {
  /** A search ended with fewer points than it might have had. */
  readonly settle: () => void;
  /** From here on it is the second step that begins. */
  readonly refine: () => void;
}

export function meterOf(
  { sweep, plugins, limit = Infinity, onProgress = () => undefined, onTasks }: RunSweepOptions,
  first: FirstPoints,
  store: Run['store'],
  reporter: RunReporter,
): SweepMeter {
  const forecast = refinedForecast(sweep, first, plugins.registry);
  const hasSecond = sweep.refine !== undefined && limit >= first.total;
  let meter: ProgressMeter | undefined;
  let isRefining = false;
  const tell = (progress: Progress | undefined): void => {
    if (progress === undefined) return;
    reporter.update(progress);
    onProgress(progress);
  };
  return {
    begin(counts, missing) {
      if (meter !== undefined) return tell(isRefining ? meter.refine(counts) : meter.goOn(counts, missing));
      const refined = (done: number): number => Math.min(limit - first.total, forecast(store, done));
      meter = new ProgressMeter(
        { ...counts, total: first.most ?? counts.total },
        missing,
        hasSecond ? refined : undefined,
      );
      tell(meter.now());
    },
    count(records) {
      for (const record of records) reporter.count(record);
      if (records.length > 0) tell(meter?.count(records));
    },
    hearTasks(tasks) {
      reporter.hearTasks(tasks);
      onTasks?.(tasks);
    },
    watch: (job, event) => tell(meter?.watch(job, event)),
    settle: () => tell(meter?.settle()),
    refine: () => void (isRefining = true),
  };
}
