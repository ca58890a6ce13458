import type { EvaluationRecord, RecordHead, SchedulerTask } from '@archon-dse/core';
import type { Job } from './job.js';
import type { StageEvent } from './stage-event.js';

export interface ExecutorCallbacks {
  /**
   * Called once for each finished job, in any order, on the thread that called `run`.
   *
   * @param stack - where a plugin threw; differs between machines, so no part of the record
   */
  readonly onRecord: (record: EvaluationRecord, stack?: string) => void;
  /** In place of `onRecord` for a job whose record is in the results of the sweep already, where another process put it. */
  readonly onWritten?: (head: RecordHead) => void;
  /** Hears of the stages of jobs under way, on the same thread. Not of all batches. */
  readonly onStage?: (job: Job, event: StageEvent) => void;
  /** Hears all tasks of the run whenever the scheduler tells of a change; only of executors that leave points to one. */
  readonly onTasks?: (tasks: readonly SchedulerTask[]) => void;
  /** Aborted when the user asks to stop: no further job is started and `run` returns soon. */
  readonly signal?: AbortSignal;
}

/**
 * Evaluates jobs. Every implementation passes `describeExecutorContract` of `@archon-dse/testing`: each job is recorded exactly once, records are the same
 * for any executor apart from `timing`, a failing job stops no other, and nothing is left running when `run` has returned.
 */
export interface Executor {
  run(jobs: readonly Job[], callbacks: ExecutorCallbacks): Promise<void>;
  /** The same executor for one run after the other, where what takes time to start stays between them. */
  open?(): OpenExecutor;
}

/** An executor whose runs follow each other; after a run that was stopped or failed there is no further one. */
export interface OpenExecutor {
  run(jobs: readonly Job[], callbacks: ExecutorCallbacks): Promise<void>;
  /** Nothing is left running afterwards. */
  close(): Promise<void>;
}
