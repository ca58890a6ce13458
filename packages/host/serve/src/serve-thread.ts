/** The thread of `serveInThread`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ArchonError } from '@archon-dse/core';
import type { ThreadAnswer } from './serve-in-thread.js';
import { serveSweeps, type ServeOptions } from './server.js';

const tell = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);

try {
  const dashboard = await serveSweeps(workerData as ServeOptions);
  parentPort?.once('message', () => void dashboard.close());
  tell({ url: dashboard.url, port: dashboard.port });
} catch (error) {
  const [diagnostic] = error instanceof ArchonError ? error.diagnostics : [];
  if (diagnostic === undefined) throw error;
  tell({ diagnostic });
}
