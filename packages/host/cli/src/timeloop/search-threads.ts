import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MapperEffort, Mapspace } from '@archon-dse/timeloop';
import type { SearchMessage, SearchProgress, SearchWorkerData, TimedShare } from './search-worker.js';

export interface ThreadedEffort extends Pick<MapperEffort, 'budget' | 'onProgress'> {
  /** Number of threads, >= 1. */
  readonly workers: number;
  /** Ends the search with the best mapping so far. */
  readonly signal: AbortSignal;
}

/** Searches a mapspace in worker threads, a share each, and leaves this thread free to hear of signals. */
export async function searchThreads(mapspace: Mapspace, effort: ThreadedEffort): Promise<readonly TimedShare[]> {
  const { workers, signal, budget, onProgress } = effort;
  const stop = new SharedArrayBuffer(4);
  const abort = (): void => void Atomics.store(new Int32Array(stop), 0, 1);
  const channel = randomUUID();
  const seen: SearchProgress[] = [];
  const shares = Array.from({ length: workers }, (_, index) =>
    searchIn({ mapspace, share: { index, of: workers }, budget, stop, channel }, (progress) => {
      seen[index] = progress;
      onProgress?.(together(Object.values(seen), workers));
    }),
  );
  signal.addEventListener('abort', abort);
  try {
    return await Promise.all(shares);
  } finally {
    abort();
    signal.removeEventListener('abort', abort);
  }
}

async function searchIn(
  workerData: SearchWorkerData,
  onProgress: (progress: SearchProgress) => void,
): Promise<TimedShare> {
  // Flags of this process, such as a test runner's --conditions, are not for the thread.
  const worker = new Worker(new URL('search-worker.js', import.meta.url), { workerData, execArgv: [] });
  let share: TimedShare | undefined;
  worker.on('message', (message: SearchMessage) => {
    if ('searched' in message) share = message;
    else onProgress(message.progress);
  });
  await once(worker, 'exit');
  if (share === undefined) throw new Error('a thread of the search ended without a result');
  return share;
}

/** Progress of all threads; those not heard of yet have done nothing. */
function together(seen: readonly SearchProgress[], workers: number): SearchProgress {
  const sum = (of: (progress: SearchProgress) => number): number => seen.reduce((all, own) => all + of(own), 0);
  return {
    evaluated: sum(({ evaluated }) => evaluated),
    considered: sum(({ considered }) => considered),
    pruned: sum(({ pruned }) => pruned),
    splitsDone: sum(({ splitsDone }) => splitsDone) / workers,
  };
}
