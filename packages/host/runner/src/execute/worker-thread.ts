import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import workerpool from 'workerpool';
import type { Job, StageEvent } from '@archon-dse/engine';
import { newState, stateIn, type SharedState } from './shared-state.js';
import { threadHeap } from './thread-heap.js';
import type { WorkerData, WorkerEvent, WorkerReply } from './worker.js';

/** The built worker: a thread cannot run TypeScript, so this is `dist/execute/worker.js` also while the sources are under test. */
const WORKER = createRequire(import.meta.url).resolve('@archon-dse/runner/worker');

/** A busy thread that was told to stop is killed after this long. */
const TERMINATE_TIMEOUT_MS = 50;
/** A stage has so long to stop by itself: libraries of training take the process with them when their thread ends in the middle of a step. */
const STAGE_TIMEOUT_MS = 10_000;
/** One that ended by itself in the meantime never answers. */
const STOP_TIMEOUT_MS = 2000;

/** Why a thread has no answer, it died, for the reason given, or a job ran longer than it may; and at which job of its chunk, if at any. */
export type Loss = { readonly at: number } & ({ readonly died: string } | { readonly timedOut: true });

/** One worker thread, started with its first job. */
export interface WorkerThread {
  /** How many jobs it was given. */
  readonly jobs: number;
  /**
   * @param jobs - one or more
   * @param plugins - names of the plugins that each of them needs
   * @param onStage - hears of their stages while they run
   */
  run(
    jobs: readonly Job[],
    plugins: readonly string[],
    onStage?: (job: Job, event: StageEvent) => void,
  ): Promise<WorkerReply | Loss>;
  /** Ends the thread, also in the middle of a job. For good: no job may follow. */
  stop(): Promise<void>;
}

/** @param timeoutS - the longest a job may run once the thread has begun it; no limit when absent */
export function startThread(given: Omit<WorkerData, 'state'>, timeoutS?: number): WorkerThread {
  const buffer = newState();
  const state = stateIn(buffer);
  const pool = workerpool.pool(WORKER, {
    workerType: 'thread',
    maxWorkers: 1,
    workerTerminateTimeout: TERMINATE_TIMEOUT_MS,
    // Flags of this process, such as a test runner's --conditions, are not for the workers.
    workerThreadOpts: {
      execArgv: [],
      resourceLimits: threadHeap(),
      workerData: { ...given, state: buffer } satisfies WorkerData,
    },
  });
  let jobs = 0;
  /** A chunk with a job that is in a stage, until it is answered. */
  let staged: Promise<unknown> | undefined;
  return {
    get jobs() {
      return jobs;
    },
    run(chunk, plugins, onStage) {
      jobs += chunk.length;
      state.begin(-1);
      const answer = new Promise<WorkerReply | Loss>((resolve) => {
        const stopWatching = watch(state, timeoutS, () => {
          resolve({ timedOut: true, at: state.current });
        });
        pool
          .exec('evaluate', [chunk, plugins], {
            on: ({ job: index, event }: WorkerEvent) => {
              staged = answer;
              const job = chunk[index];
              if (job !== undefined) onStage?.(job, event);
            },
          })
          .then(
            (reply) => resolve(reply as WorkerReply),
            (error: unknown) => resolve({ died: String(error), at: state.current }),
          )
          .finally(stopWatching);
      });
      staged = undefined;
      return answer;
    },
    async stop() {
      state.stopped = true;
      if (staged !== undefined) await Promise.race([staged, delay(STAGE_TIMEOUT_MS, undefined, { ref: false })]);
      await pool.terminate(true, STOP_TIMEOUT_MS).catch(() => undefined);
    },
  };
}

/** Calls once when a job has run for too long: starting a thread and importing plugins does not count. @returns what ends the watch */
function watch(state: SharedState, limitS: number | undefined, onOver: () => void): () => void {
  if (limitS === undefined) return () => undefined;
  const limitMs = limitS * 1000;
  const look = (): void => {
    const left = state.current < 0 ? limitMs : state.startedMs + limitMs - Date.now();
    if (left <= 0) onOver();
    else timer = setTimeout(look, left);
  };
  let timer = setTimeout(look, limitMs);
  return () => {
    clearTimeout(timer);
  };
}
