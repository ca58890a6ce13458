import type { Contents, Executor } from '@archon-dse/engine';
import type { RunSweepOptions } from '../run-sweep.js';
import { serialExecutor } from './serial-executor.js';
import { workerpoolExecutor } from './workerpool-executor.js';

/** The executor of a run: what the run asks for, or else what the sweep does. */
export function executorOf(
  { sweep, plugins, workers = sweep.executor.workers, executor = sweep.executor.kind }: RunSweepOptions,
  contents: Contents,
): Executor {
  if (executor === 'serial') return serialExecutor(plugins, contents);
  return workerpoolExecutor(plugins, workers, sweep.executor.timeoutS, contents);
}
