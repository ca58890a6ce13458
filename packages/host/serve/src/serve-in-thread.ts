import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { ArchonError, type Diagnostic } from '@archon-dse/core';
import type { Dashboard, ServeOptions } from './server.js';

/** Threads run what is built, in tests too. */
const THREAD = createRequire(import.meta.url).resolve('@archon-dse/serve/thread');

/** What the thread says once it serves, or why it does not. */
export type ThreadAnswer = Pick<Dashboard, 'url' | 'port'> | { readonly diagnostic: Diagnostic };

/** A dashboard in a thread, which keeps no process alive. */
export interface ThreadDashboard extends Dashboard {
  /** Comes when the thread is over, with the error that ended it unless it was closed. */
  readonly ended: Promise<unknown>;
}

/**
 * As `serveSweeps`, in a thread of its own: it answers while this one evaluates points, and making a report for it holds up none of them.
 *
 * @throws ArchonError as `serveSweeps` does
 */
export async function serveInThread(options: ServeOptions): Promise<ThreadDashboard> {
  const worker = new Worker(THREAD, { workerData: options, execArgv: [] });
  const [answer] = (await once(worker, 'message')) as [ThreadAnswer];
  if ('diagnostic' in answer) throw new ArchonError(answer.diagnostic);
  worker.unref();
  const ended = once(worker, 'exit').then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    ...answer,
    ended,
    async close() {
      worker.ref(); // else the process may end, as one that waits for nothing, before the thread has
      worker.postMessage('close');
      await ended;
    },
  };
}
