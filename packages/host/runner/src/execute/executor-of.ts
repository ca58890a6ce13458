import { availableParallelism } from 'node:os';
import type { RunStatus } from '@archon-dse/core';
import type { Contents, Executor } from '@archon-dse/engine';
import type { RecordStore } from '@archon-dse/store';
import type { RunSweepOptions } from '../run-sweep.js';
import { serialExecutor } from './serial-executor.js';
import { slurmExecutor } from './slurm-executor.js';
import { workerpoolExecutor } from './workerpool-executor.js';

/**
 * The executor of a run: what the run asks for, or else what the sweep does.
 *
 * @param store - of the run's results
 */
export function executorOf(options: RunSweepOptions, contents: Contents, store: RecordStore): Executor {
  const { sweep, plugins, workers = sweep.executor.workers, executor = sweep.executor.kind, keeping } = options;
  if (typeof executor !== 'string') return executor.create(contents);
  if (executor === 'serial') return serialExecutor(plugins, contents, keeping);
  if (executor === 'slurm') return slurmExecutor(options, contents, store);
  return workerpoolExecutor(plugins, workers, sweep.executor.timeoutS, contents, keeping);
}

/** An executor that the caller of a run brings along. */
export interface OwnExecutor {
  readonly kind: string;
  create(contents: Contents): Executor;
}

/** What other processes are told of it. */
export function executorStatus({
  sweep,
  workers = sweep.executor.workers,
  executor = sweep.executor.kind,
}: RunSweepOptions): RunStatus['executor'] {
  const kind = typeof executor === 'string' ? executor : executor.kind;
  return { kind, ...(kind === 'workerpool' ? { workers: workers ?? availableParallelism() } : {}) };
}
