import { availableParallelism } from 'node:os';
import type { LayerKeeping } from '@archon-dse/cache';
import { NO_CONTENTS, type Contents, type Executor, type ExecutorCallbacks, type Job } from '@archon-dse/engine';
import { JobQueue } from './job-queue.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { startLane, type LaneListener, type WorkerLane } from './worker-lane.js';

/** Jobs of a chunk at most, and how many times as many as in one that was quick. */
const MOST_JOBS = 512;
const GROWTH = 4;

/**
 * Evaluates jobs in worker threads, in chunks of one chain and of about a tenth of a second. A thread that dies is replaced, and
 * its job fails with ARCHON_WORKER_DIED once it has died on a thread of its own. When the user stops, jobs under way are abandoned; a
 * resume evaluates them.
 *
 * @param workers - number of threads, >= 1; one for each core when absent
 * @param timeoutS - the longest a job may run before it fails with ARCHON_POINT_TIMEOUT, in seconds; no limit when absent
 * @param keeping - where threads keep layer results for each other and for later runs; nowhere when absent
 */
export function workerpoolExecutor(
  plugins: LoadedPlugins,
  workers = availableParallelism(),
  timeoutS?: number,
  contents: Contents = NO_CONTENTS,
  keeping?: LayerKeeping,
): Executor {
  const lane = (): WorkerLane => startLane(plugins, { contents, timeoutS, keeping });
  return {
    async run(jobs, callbacks) {
      const lanes = Array.from({ length: Math.min(workers, jobs.length) }, lane);
      await runOn(lanes, jobs, callbacks, (done) => done.stop());
    },
    open() {
      const lanes: WorkerLane[] = [];
      return {
        async run(jobs, callbacks) {
          while (lanes.length < Math.min(workers, jobs.length)) lanes.push(lane());
          await runOn(lanes, jobs, callbacks);
        },
        close: async () => void (await Promise.all(lanes.map((one) => one.stop()))),
      };
    },
  };
}

/** @param leave - what becomes of a lane when no job is left for it; it stays unless given */
async function runOn(
  lanes: readonly WorkerLane[],
  jobs: readonly Job[],
  { onRecord, onStage, signal }: ExecutorCallbacks,
  leave: (lane: WorkerLane) => Promise<void> | undefined = () => undefined,
): Promise<void> {
  const queue = new JobQueue(jobs);
  const broken = new AbortController();
  const stopped = AbortSignal.any(signal === undefined ? [broken.signal] : [signal, broken.signal]);
  const isStopped = (): boolean => stopped.aborted;
  const stopAll = (): void => void Promise.all(lanes.map((lane) => lane.stop()));

  const work = async (lane: WorkerLane): Promise<void> => {
    const { take, giveBack } = queue.lane();
    const listener: LaneListener = {
      onOutcome({ record, stack }) {
        if (!isStopped()) onRecord(record, stack);
      },
      onStage(job, event) {
        if (!isStopped()) onStage?.(job, event);
      },
    };
    let most = 1;
    try {
      while (!isStopped()) {
        const jobs = take(most);
        if (jobs.length === 0) break;
        const { done, isQuick } = await lane.evaluate(jobs, listener);
        giveBack(jobs.length - done);
        most = isQuick ? Math.min(MOST_JOBS, done * GROWTH) : Math.max(1, done);
      }
    } catch (error) {
      broken.abort();
      throw error;
    } finally {
      await leave(lane);
    }
  };

  stopped.addEventListener('abort', stopAll);
  const ends = await Promise.allSettled(lanes.map(work));
  stopped.removeEventListener('abort', stopAll);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
