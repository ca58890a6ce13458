import { parentPort, threadId, workerData } from 'node:worker_threads';
import { LayerStores, type LayerKeeping } from '@archon-dse/cache';
import type { Diagnostic } from '@archon-dse/core';
import workerpool from 'workerpool';
import type { Contents, EvaluationContext, Job, StageEvent } from '@archon-dse/engine';
import { throttled } from './throttled.js';
import { nodeContext } from '../node-platform.js';
import { importEach } from '../plugins/loader.js';
import type { PluginSource } from '../plugins/source.js';
import { guardProcess } from './process-guard.js';
import { recordJob, type JobOutcome } from './record-job.js';
import { stateIn } from './shared-state.js';

/** What a worker thread is started with. */
export interface WorkerData {
  readonly sources: readonly PluginSource[];
  readonly contents: Contents;
  /** Where it keeps layer results for others; absent where it does not. */
  readonly keeping?: LayerKeeping;
  readonly state: SharedArrayBuffer;
}

/** What it tells meanwhile: the stages that a job goes through, by its place in the chunk. */
export interface WorkerEvent {
  readonly job: number;
  readonly event: StageEvent;
}

/**
 * What it answers: the outcomes of the first jobs of its chunk, failed ones too, and whether it has time for as many more; why a plugin
 * cannot be imported; or a mistake in the engine itself.
 */
export type WorkerReply =
  | { readonly outcomes: readonly JobOutcome[]; readonly isQuick: boolean }
  | { readonly error: Diagnostic }
  | { readonly bug: string };

/** A chunk ends after so long, so that records are not kept back. */
const CHUNK_MS = 100;

// What plugins print is for people: stdout belongs to the results of the host.
process.stdout.write = process.stderr.write.bind(process.stderr);

const warned = new Set<string>();

guardProcess({
  onLate: ({ code, message }) => {
    if (warned.has(message)) return;
    warned.add(message);
    process.emitWarning(`${message}, when its result was there already`, { code });
  },
  onBug: (error) => {
    throw error;
  },
});

const { sources, contents, keeping, state: buffer } = workerData as WorkerData;
const state = stateIn(buffer);
const signal = {
  get aborted() {
    return state.stopped;
  },
};
const keeper = keeping && new LayerStores(keeping);
const onStage = throttled((event) => workerpool.workerEmit({ job: state.current, event } satisfies WorkerEvent));
const imported = importEach(sources).then(({ registry, failures }) => ({
  context: nodeContext(registry, { contents, signal, resources: { onStage }, ...(keeper && { keeper }) }),
  failures,
}));

/** The one task of this thread. Neither plugins nor Error objects cross threads, only plain data. */
async function evaluate(jobs: readonly Job[], plugins: readonly string[]): Promise<WorkerReply> {
  // Without this the thread never runs out of work, and a plugin that waits for nothing is never noticed.
  parentPort?.unref();
  try {
    const { context, failures } = await imported;
    const failed = plugins.find((name) => failures.has(name));
    const error = failed === undefined ? undefined : failures.get(failed);
    return error === undefined ? await record(jobs, context) : { error };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { bug: `${jobs[Math.max(0, state.current)]?.id ?? ''}: ${text}` };
  } finally {
    keeper?.flush();
    parentPort?.ref();
  }
}

async function record(jobs: readonly Job[], context: EvaluationContext): Promise<WorkerReply> {
  const outcomes: JobOutcome[] = [];
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  for (const [index, job] of jobs.entries()) {
    if (index > 0 && (signal.aborted || elapsed() > CHUNK_MS)) break;
    state.begin(index);
    outcomes.push(await recordJob(job, context, threadId));
  }
  return { outcomes, isQuick: outcomes.length === jobs.length && elapsed() < CHUNK_MS / 2 };
}

workerpool.worker({ evaluate });
