import { createRequire } from 'node:module';
import type { EvaluationRecord } from '@archon-dse/core';
import workerpool, { type Pool } from 'workerpool';
import type { Job } from './expand.js';
import type { LoadedPlugins } from './loader.js';
import { failedRecord } from './record-job.js';
import type { WorkerData, WorkerReply } from './worker.js';

/** The built worker: a thread cannot run TypeScript, so this is `dist/worker.js` also while the sources are under test. */
const WORKER = createRequire(import.meta.url).resolve('@archon-dse/runner/worker');

/** A busy thread that was told to stop is killed after this long. */
const TERMINATE_TIMEOUT_MS = 50;

/** One worker thread, started with its first job and replaced when it dies. */
export interface WorkerLane {
  evaluate(job: Job): Promise<EvaluationRecord>;
  /** Ends the thread, also in the middle of a job. For good: no job may follow. */
  stop(): Promise<void>;
}

export function startLane({ registry, sources }: LoadedPlugins): WorkerLane {
  const pool = workerpool.pool(WORKER, {
    workerType: 'thread',
    maxWorkers: 1,
    workerTerminateTimeout: TERMINATE_TIMEOUT_MS,
    // Flags of this process, such as a test runner's --conditions, are not for the workers.
    workerThreadOpts: { execArgv: [], workerData: { sources } satisfies WorkerData },
  });
  let stopping: Promise<void> | undefined;
  return {
    async evaluate(job) {
      const startedAt = new Date().toISOString();
      const start = performance.now();
      const reply = await pool.exec('evaluate', [job]).then(
        (value) => value as WorkerReply,
        (error: unknown) => String(error),
      );
      if (typeof reply === 'string') {
        const timing = { startedAt, wallMs: Math.round(performance.now() - start), worker: 0 };
        return failedRecord(job, registry, workerDied(reply), timing);
      }
      if (!reply.ok) throw new Error(`the engine failed on point ${job.id}: ${reply.bug}`);
      return reply.record;
    },
    stop() {
      stopping ??= terminate(pool);
      return stopping;
    },
  };
}

/** A thread that has ended by itself in the meantime is stopped too. */
async function terminate(pool: Pool): Promise<void> {
  await pool.terminate(true).catch(() => undefined);
}

function workerDied(reason: string): NonNullable<EvaluationRecord['error']> {
  const exit = /exitCode: `(\d+)`/.exec(reason)?.[1];
  return {
    code: 'ARCHON_WORKER_DIED',
    message: `the worker thread died on this point: ${exit === undefined ? reason : `it exited with code ${exit}`}`,
    expected: 'plugins that return or throw, within the memory of a thread',
    hint: 'A plugin called process.exit, ran out of memory or left a promise rejected.',
  };
}
