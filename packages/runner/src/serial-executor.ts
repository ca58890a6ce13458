import { setImmediate } from 'node:timers/promises';
import { createContext } from './evaluation-context.js';
import type { Executor } from './executor.js';
import type { LoadedPlugins } from './loader.js';
import { recordJob } from './record-job.js';

/** Evaluates jobs one after the other in this thread. A plugin that computes without end or runs out of memory cannot be stopped; threads are safer. */
export function serialExecutor({ registry }: LoadedPlugins): Executor {
  return {
    async run(jobs, { onRecord, signal }) {
      const context = createContext(registry, signal);
      const stopped = (): boolean => signal?.aborted === true;
      for (const job of jobs) {
        await setImmediate(); // lets signal handlers run between two points
        if (stopped()) return;
        const { record, stack } = await recordJob(job, context, 0);
        // A stage that was told to stop fails its point; that is no result.
        if (stopped() && record.status === 'failed') return;
        onRecord(record, stack);
      }
    },
  };
}
