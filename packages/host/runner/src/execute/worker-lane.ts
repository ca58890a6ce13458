import type { LayerKeeping } from '@archon-dse/cache';
import type { Diagnostic } from '@archon-dse/core';
import { Identities, type Contents, type Job, type StageEvent } from '@archon-dse/engine';
import { nodePlatform } from '../node-platform.js';
import type { LoadedPlugins } from '../plugins/loader.js';
import { lostRecord, startClock, type Clock, type JobOutcome } from './record-job.js';
import { startThread, type Loss, type WorkerThread } from './worker-thread.js';
import type { WorkerReply } from './worker.js';

/** Who hears what becomes of jobs. */
export interface LaneListener {
  /** Once for each job that is done. */
  readonly onOutcome: (outcome: JobOutcome) => void;
  readonly onStage: (job: Job, event: StageEvent) => void;
}

interface Evaluated {
  /** How many of the chunk. */
  readonly done: number;
  /** Whether that was all, and there was time for as many more. */
  readonly isQuick: boolean;
}

/** Jobs one chunk after the other in worker threads: one thread for all of them, replaced when it dies or a job runs too long. */
export interface WorkerLane {
  /** Evaluates the first jobs of a chunk, at least one, and stops when that has taken a while. */
  evaluate(chunk: readonly Job[], listener: LaneListener): Promise<Evaluated>;
  /** Ends the thread, also in the middle of a job. For good: no job may follow. */
  stop(): Promise<void>;
}

/** What the threads of a lane are started with. */
export interface LaneOptions {
  readonly contents: Contents;
  /** The longest a job may run, in seconds; no limit when absent. */
  readonly timeoutS?: number | undefined;
  /** Where layer results are kept for others; nowhere when absent. */
  readonly keeping?: LayerKeeping | undefined;
}

export function startLane(
  { registry, sources }: LoadedPlugins,
  { contents, timeoutS, keeping }: LaneOptions,
): WorkerLane {
  const given = { sources, contents, ...(keeping && { keeping }) };
  const identities = new Identities({ registry, contents, platform: nodePlatform });
  let thread = startThread(given, timeoutS);
  let isStopped = false;
  const replaceThread = async (lost: WorkerThread): Promise<void> => {
    await lost.stop();
    if (!isStopped) thread = startThread(given, timeoutS);
  };
  const hasPricers = Object.keys(contents.pricers).length > 0;
  const pluginsOf = ({ point }: Job): readonly string[] => identities.pluginsOf(point).map(({ name }) => name);
  const outcomesOf = (reply: WorkerReply, jobs: readonly Job[], clock: Clock): readonly JobOutcome[] =>
    outcomesIn(reply, (error) => jobs.map((job) => lostRecord(job, identities, error, clock)));

  /** One job until it has an outcome: on a thread of its own in the end, if it takes others with it. */
  const evaluateAlone = async (job: Job, { onOutcome, onStage }: LaneListener): Promise<Evaluated> => {
    const clock = startClock(0);
    for (;;) {
      const current = thread;
      const reply = await current.run([job], pluginsOf(job), onStage);
      if (!('at' in reply)) {
        for (const outcome of outcomesOf(reply, [job], clock)) onOutcome(outcome);
        return { done: 1, isQuick: 'isQuick' in reply && reply.isQuick };
      }
      const isGuilty = current.jobs === 1;
      if (!isStopped) await replaceThread(current);
      // What an earlier job left behind may be the cause; alone on a fresh thread it is this job.
      if (!isGuilty && !isStopped) continue;
      onOutcome(lostRecord(job, identities, lossError(reply, timeoutS), clock));
      return { done: 1, isQuick: false };
    }
  };

  return {
    async evaluate(chunk, listener) {
      const [first] = chunk;
      if (first === undefined) return { done: 0, isQuick: false };
      const plugins = pluginsOf(first);
      const jobs = alike(chunk, hasPricers ? (job) => pluginsOf(job).join() : usesOf);
      if (jobs.length === 1) return evaluateAlone(first, listener);

      const clock = startClock(0);
      const current = thread;
      const reply = await current.run(jobs, plugins, listener.onStage);
      if (!('at' in reply)) {
        const outcomes = outcomesOf(reply, jobs, clock);
        for (const outcome of outcomes) listener.onOutcome(outcome);
        return { done: outcomes.length, isQuick: 'isQuick' in reply && reply.isQuick };
      }
      if (isStopped) return { done: 0, isQuick: false };
      await replaceThread(current);
      // Those before it were evaluated, but their records are lost with the thread.
      const upTo = jobs.slice(0, Math.max(0, reply.at) + 1).reverse();
      for (const job of upTo) await evaluateAlone(job, listener);
      return { done: upTo.length, isQuick: false };
    },
    async stop() {
      isStopped = true;
      await thread.stop();
    },
  };
}

/** @param failed - what becomes of jobs whose plugins cannot be imported */
function outcomesIn(reply: WorkerReply, failed: (error: Diagnostic) => readonly JobOutcome[]): readonly JobOutcome[] {
  if ('outcomes' in reply) return reply.outcomes;
  if ('bug' in reply) throw new Error(`the engine failed on point ${reply.bug}`);
  return failed(reply.error);
}

/** Which contributions a point uses: with these go the plugins it needs, but for those that price. */
function usesOf({ point: { network, stages, accelerator } }: Job): string {
  return [network, ...stages, accelerator].map(({ use }) => use).join();
}

/** The first of a chunk, and those after it that are the same in something. */
function alike(chunk: readonly Job[], of: (job: Job) => string): readonly Job[] {
  const other = chunk.findIndex((job) => of(job) !== of(chunk[0] ?? job));
  return other === -1 ? chunk : chunk.slice(0, other);
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
    hint: 'A plugin closed what the thread lives on, or ran out of memory: NODE_OPTIONS=--max-old-space-size=8000 gives threads 8 GB.',
  };
}
