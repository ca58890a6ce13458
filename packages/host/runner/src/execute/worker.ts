import { parentPort, threadId, workerData } from 'node:worker_threads';
import type { Diagnostic } from '@archon-dse/core';
import workerpool from 'workerpool';
import type { Contents, EvaluationContext, Job, StageEvent } from '@archon-dse/engine';
import { throttled } from './throttled.js';
import { nodeContext } from '../node-platform.js';
import { importEach } from '../plugins/loader.js';
import type { PluginSource } from '../plugins/source.js';
import { guardProcess } from './process-guard.js';
import { recordJob, type JobOutcome } from './record-job.js';

/** What a worker thread is started with. */
export interface WorkerData {
  readonly sources: readonly PluginSource[];
  readonly contents: Contents;
  /** Its only 32-bit word is 1 once the thread is to stop. Shared, so that a thread sees it that never waits. */
  readonly stop: SharedArrayBuffer;
}

/** What it tells meanwhile: that plugins are there and the job begins, and the stages it goes through. */
export type WorkerEvent = 'started' | StageEvent;

/** What it answers: a record, also of a point that failed; why a plugin cannot be imported; or a mistake in the engine itself. */
export type WorkerReply = JobOutcome | { readonly error: Diagnostic } | { readonly bug: string };

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

const { sources, contents, stop } = workerData as WorkerData;
const word = new Int32Array(stop);
const signal = {
  get aborted() {
    return Atomics.load(word, 0) === 1;
  },
};
const onStage = throttled(tell);
const imported = importEach(sources).then(({ registry, failures }) => ({
  context: nodeContext(registry, { contents, signal, resources: { onStage } }),
  failures,
}));

function tell(event: WorkerEvent): void {
  workerpool.workerEmit(event);
}

/** The one task of this thread. Neither plugins nor Error objects cross threads, only plain data. */
async function evaluate(job: Job, plugins: readonly string[]): Promise<WorkerReply> {
  // Without this the thread never runs out of work, and a plugin that waits for nothing is never noticed.
  parentPort?.unref();
  try {
    const { context, failures } = await imported;
    const failed = plugins.find((name) => failures.has(name));
    const error = failed === undefined ? undefined : failures.get(failed);
    return error === undefined ? await record(job, context) : { error };
  } catch (error) {
    return { bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    parentPort?.ref();
  }
}

function record(job: Job, context: EvaluationContext): Promise<JobOutcome> {
  tell('started');
  return recordJob(job, context, threadId);
}

workerpool.worker({ evaluate });
