import { getHeapStatistics } from 'node:v8';
import type { ResourceLimits } from 'node:worker_threads';

/**
 * V8 clears up a heap that may have 2048 MB when it has four times what was alive, one that may have less at twice that.
 *
 * @source V8 11.3, src/heap/heap-controller.cc, `MemoryController::MaxGrowingFactor`
 */
const MOST_MB = 2047;

/**
 * How much heap a worker thread may have: below the limit from which V8 is wasteful, unless the user gives Node a limit. It is the heap of
 * objects only; tensors are beside it.
 *
 * @param flags - of Node, as in `NODE_OPTIONS`
 * @param ownMb - the limit of this process
 */
export function threadHeap(
  flags = [process.env['NODE_OPTIONS'], ...process.execArgv].join(' '),
  ownMb = getHeapStatistics().heap_size_limit / 2 ** 20,
): ResourceLimits {
  const isAsked = /--max[-_]old[-_]space[-_]size/.test(flags);
  return isAsked || ownMb <= MOST_MB ? {} : { maxOldGenerationSizeMb: MOST_MB };
}
