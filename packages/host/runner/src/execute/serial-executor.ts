import { LayerStores, type LayerKeeping } from '@archon-dse/cache';
import { NO_CONTENTS, type Contents, type Executor, type Job } from '@archon-dse/engine';
import { throttled } from './throttled.js';
import { nodeContext } from '../node-platform.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { recordJob } from './record-job.js';

/** Evaluates jobs one after the other in this thread. A plugin that computes without end or runs out of memory cannot be stopped; threads are safer. */
export function serialExecutor(
  { registry }: LoadedPlugins,
  contents: Contents = NO_CONTENTS,
  keeping?: LayerKeeping,
): Executor {
  return {
    async run(jobs, { onRecord, onStage, signal }) {
      let current: Job | undefined;
      const listener = throttled((event) => {
        if (current !== undefined) onStage?.(current, event);
      });
      const keeper = keeping && new LayerStores(keeping);
      const context = nodeContext(registry, {
        ...{ contents, resources: { onStage: listener }, ...(keeper && { keeper }) },
        ...(signal === undefined ? {} : { signal }),
      });
      const stopped = (): boolean => signal?.aborted === true;
      try {
        for (const job of jobs) {
          if (stopped()) return;
          current = job;
          const { record, stack } = await recordJob(job, context, 0); // signal handlers run meanwhile
          // A stage that was told to stop fails its point; that is no result.
          if (stopped() && record.status === 'failed') return;
          onRecord(record, stack);
        }
      } finally {
        keeper?.close();
      }
    },
  };
}
