import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import workerpool from 'workerpool';
import type { Job, StageListener } from '@archon-dse/engine';
import type { WorkerData, WorkerEvent, WorkerReply } from './worker.js';

/** The built worker: a thread cannot run TypeScript, so this is `dist/execute/worker.js` also while the sources are under test. */
const WORKER = createRequire(import.meta.url).resolve('@archon-dse/runner/worker');

/** A busy thread that was told to stop is killed after this long. */
const TERMINATE_TIMEOUT_MS = 50;
/** A stage has so long to stop by itself: libraries of training take the process with them when their thread ends in the middle of a step. */
const STAGE_TIMEOUT_MS = 10_000;
/** One that ended by itself in the meantime never answers. */
const STOP_TIMEOUT_MS = 2000;

/** Why a thread has no answer: it died, for the reason given, or ran longer than it may. */
export type Loss = { readonly died: string } | { readonly timedOut: true };

/** One worker thread, started with its first job. */
export interface WorkerThread {
  /** How many jobs it was given. */
  readonly jobs: number;
  /**
   * @param plugins - names of the plugins the job needs
   * @param onStage - hears of the job's stages while it runs
   */
  run(job: Job, plugins: readonly string[], onStage?: StageListener): Promise<WorkerReply | Loss>;
  /** Ends the thread, also in the middle of a job. For good: no job may follow. */
  stop(): Promise<void>;
}

/** @param timeoutS - the longest a job may run once the thread has it; no limit when absent */
export function startThread(given: Omit<WorkerData, 'stop'>, timeoutS?: number): WorkerThread {
  const flag = new SharedArrayBuffer(4);
  const pool = workerpool.pool(WORKER, {
    workerType: 'thread',
    maxWorkers: 1,
    workerTerminateTimeout: TERMINATE_TIMEOUT_MS,
    // Flags of this process, such as a test runner's --conditions, are not for the workers.
    workerThreadOpts: { execArgv: [], workerData: { ...given, stop: flag } satisfies WorkerData },
  });
  let jobs = 0;
  /** A job that is in a stage, until it is answered. */
  let staged: Promise<unknown> | undefined;
  return {
    get jobs() {
      return jobs;
    },
    run(job, plugins, onStage) {
      jobs += 1;
      const answer = new Promise<WorkerReply | Loss>((resolve) => {
        const clock = stopwatch(timeoutS, () => {
          resolve({ timedOut: true });
        });
        pool
          .exec('evaluate', [job, plugins], {
            on: (event: WorkerEvent) => {
              clock.start();
              if (event === 'started') return;
              staged = answer;
              onStage?.(event);
            },
          })
          .then(
            (reply) => resolve(reply as WorkerReply),
            (error: unknown) => resolve({ died: String(error) }),
          )
          .finally(clock.stop);
      });
      staged = undefined;
      return answer;
    },
    async stop() {
      Atomics.store(new Int32Array(flag), 0, 1);
      if (staged !== undefined) await Promise.race([staged, delay(STAGE_TIMEOUT_MS, undefined, { ref: false })]);
      await pool.terminate(true, STOP_TIMEOUT_MS).catch(() => undefined);
    },
  };
}

/** Calls once when the time since its start is over: starting a thread and importing plugins does not count. */
function stopwatch(limitS: number | undefined, onOver: () => void): { start(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      if (limitS !== undefined) timer ??= setTimeout(onOver, limitS * 1000);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
