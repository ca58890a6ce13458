import type { Diagnostic } from '@archon-dse/core';
import { pluginsOf, type Contents, type Job, type StageListener } from '@archon-dse/engine';
import { nodePlatform } from '../node-platform.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { lostRecord, startClock, type JobOutcome } from './record-job.js';
import { startThread, type Loss, type WorkerThread } from './worker-thread.js';

/** Jobs one after the other in worker threads: one thread for all of them, replaced when it dies or a job runs too long. */
export interface WorkerLane {
  /** @param onStage - hears of the job's stages while it runs */
  evaluate(job: Job, onStage?: StageListener): Promise<JobOutcome>;
  /** Ends the thread, also in the middle of a job. For good: no job may follow. */
  stop(): Promise<void>;
}

/** @param timeoutS - the longest a job may run, in seconds; no limit when absent */
export function startLane({ registry, sources }: LoadedPlugins, contents: Contents, timeoutS?: number): WorkerLane {
  const given = { sources, contents };
  const basis = { registry, contents, platform: nodePlatform };
  let thread = startThread(given, timeoutS);
  let isStopped = false;
  const replaceThread = async (lost: WorkerThread): Promise<void> => {
    await lost.stop();
    if (!isStopped) thread = startThread(given, timeoutS);
  };
  return {
    async evaluate(job, onStage) {
      const clock = startClock(0);
      const plugins = pluginsOf(job.point, basis).map(({ name }) => name);
      for (;;) {
        const current = thread;
        const reply = await current.run(job, plugins, onStage);
        if ('record' in reply) return reply;
        if ('bug' in reply) throw new Error(`the engine failed on point ${job.id}: ${reply.bug}`);
        if ('error' in reply) return lostRecord(job, basis, reply.error, clock);
        const isGuilty = current.jobs === 1;
        if (!isStopped) await replaceThread(current);
        // What an earlier job left behind may be the cause; alone on a fresh thread it is this job.
        if (isGuilty || isStopped) return lostRecord(job, basis, lossError(reply, timeoutS), clock);
      }
    },
    async stop() {
      isStopped = true;
      await thread.stop();
    },
  };
}

function lossError(loss: Loss, timeoutS = 0): Diagnostic {
  if ('timedOut' in loss) {
    return {
      code: 'ARCHON_POINT_TIMEOUT',
      message: `the point ran longer than executor.timeoutS, ${String(timeoutS)} s`,
      expected: 'plugins that finish a point within the limit',
      hint: 'Raise the limit and run the sweep again with --retry-failed.',
    };
  }
  const exit = /exitCode: `(\d+)`/.exec(loss.died)?.[1];
  return {
    code: 'ARCHON_WORKER_DIED',
    message: `the worker thread died on this point: ${exit === undefined ? loss.died : `it exited with code ${exit}`}`,
    expected: 'plugins that return or throw, within the memory of a thread',
    hint: 'A plugin ran out of memory or closed what the thread lives on.',
  };
}
