import { ArchonError, type EvaluationRecord } from '@archon-dse/core';
import type { Executor, Job, StageEvent } from '@archon-dse/engine';
import type { JournalWriter } from './store/journal.js';
import type { Progress } from './progress.js';

/** What the steps of a run share. */
export interface Run {
  readonly executor: Executor;
  readonly journal: JournalWriter;
  /** Of all points that have one; those that a step evaluates are added. */
  readonly records: Map<string, EvaluationRecord>;
  readonly retryFailed: boolean;
  readonly signal?: AbortSignal;
  readonly onStack?: (record: EvaluationRecord, stack: string) => void;
}

/** Counts the points of a step. */
export interface StepMeter {
  readonly begin: (counts: Pick<Progress, 'total' | 'skipped' | 'failed'>, missing: readonly Job[]) => void;
  readonly count: (record: EvaluationRecord) => void;
  readonly watch: (job: Job, event: StageEvent) => void;
}

export interface StepOutcome {
  /** Points that this run evaluated. */
  readonly evaluated: number;
  /** Whether none is missing. */
  readonly isDone: boolean;
}

/** Evaluates those of the points that have no record. Each record is in the journal before it is counted. */
export async function runStep(jobs: readonly Job[], run: Run, meter: StepMeter): Promise<StepOutcome> {
  const { executor, journal, records, retryFailed, signal, onStack } = run;
  const statusOf = ({ id }: Job): EvaluationRecord['status'] | undefined => records.get(id)?.status;
  const missing = jobs.filter((job) => {
    const status = statusOf(job);
    return status === undefined || (retryFailed && status === 'failed');
  });
  const failed = retryFailed ? 0 : jobs.filter((job) => statusOf(job) === 'failed').length;
  meter.begin({ total: jobs.length, skipped: jobs.length - missing.length, failed }, missing);
  let evaluated = 0;
  await executor.run(missing, {
    ...(signal === undefined ? {} : { signal }),
    onRecord: (record, stack) => {
      // says nothing about the point, and the next ones would fare no better
      if (record.error?.code === 'ARCHON_DISK_FULL') throw new ArchonError(record.error);
      if (stack !== undefined) onStack?.(record, stack);
      journal.append(record);
      records.set(record.pointId, record);
      evaluated += 1;
      meter.count(record);
    },
    onStage: meter.watch,
  });
  return { evaluated, isDone: evaluated === missing.length };
}
