import type { RecordHead, SchedulerTask } from '@archon-dse/core';
import type { Executor, Job, StageEvent } from '@archon-dse/engine';
import type { RecordStore, RecordWriter } from '@archon-dse/store';
import { writeRecords } from './execute/write-records.js';
import type { Progress } from './progress.js';

/** What the steps of a run share. */
export interface Run {
  readonly executor: Executor;
  /** Of all points that have a record; those that a step evaluates are there when it ends. */
  readonly store: RecordStore;
  readonly writer: RecordWriter;
  readonly retryFailed: boolean;
  readonly signal?: AbortSignal;
  readonly onStack?: (record: RecordHead, stack: string) => void;
}

/** Counts the points of a step. */
export interface StepMeter {
  readonly begin: (counts: Pick<Progress, 'total' | 'skipped' | 'failed'>, missing: readonly Job[]) => void;
  readonly count: (records: readonly RecordHead[]) => void;
  readonly watch: (job: Job, event: StageEvent) => void;
  readonly hearTasks: (tasks: readonly SchedulerTask[]) => void;
}

export interface StepOutcome {
  /** Points that this run evaluated. */
  readonly evaluated: number;
  /** Whether none is missing. */
  readonly isDone: boolean;
}

/** Evaluates those of the points that have no record. Each record is in the results before it is counted. */
export async function runStep(jobs: readonly Job[], run: Run, meter: StepMeter): Promise<StepOutcome> {
  const { executor, store, writer, retryFailed, signal, onStack } = run;
  const missing = jobs.filter((job) => {
    const status = store.statusOf(job.id);
    return status === undefined || (retryFailed && status === 'failed');
  });
  const failed = retryFailed ? 0 : jobs.filter(({ id }) => store.statusOf(id) === 'failed').length;
  meter.begin({ total: jobs.length, skipped: jobs.length - missing.length, failed }, missing);
  let evaluated = 0;
  await writeRecords(executor, missing, writer, {
    ...(signal === undefined ? {} : { signal }),
    ...(onStack === undefined ? {} : { onStack }),
    onWritten(heads) {
      evaluated += heads.length;
      meter.count(heads);
    },
    onStage: meter.watch,
    onTasks: meter.hearTasks,
  });
  store.refresh();
  return { evaluated, isDone: evaluated === missing.length };
}
