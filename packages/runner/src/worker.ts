import { threadId, workerData } from 'node:worker_threads';
import type { EvaluationRecord } from '@archon-dse/core';
import workerpool from 'workerpool';
import { createContext } from './evaluation-context.js';
import type { Job } from './expand.js';
import { importPlugins } from './loader.js';
import type { PluginSource } from './plugin-source.js';
import { recordJob } from './record-job.js';

/** What a worker thread is started with. */
export interface WorkerData {
  readonly sources: readonly PluginSource[];
}

/** What it answers: a record, also of a point that failed, or the text of a mistake in the engine itself. */
export type WorkerReply =
  { readonly ok: true; readonly record: EvaluationRecord } | { readonly ok: false; readonly bug: string };

const { sources } = workerData as WorkerData;
const context = importPlugins(sources).then((registry) => createContext(registry));

/** The one task of this thread. Neither plugins nor Error objects cross threads, only plain data. */
async function evaluate(job: Job): Promise<WorkerReply> {
  try {
    return { ok: true, record: await recordJob(job, await context, threadId) };
  } catch (error) {
    return { ok: false, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

workerpool.worker({ evaluate });
