import { ArchonError, type RecordHead } from '@archon-dse/core';
import type { Executor, ExecutorCallbacks, Job } from '@archon-dse/engine';
import type { RecordWriter } from '@archon-dse/store';

/** Also records that no other follows are written in time: it is looked after them so often. */
const LOOK_MS = 1000;

/** What becomes of jobs while they are evaluated. */
export interface RecordsListener extends Omit<ExecutorCallbacks, 'onRecord' | 'onWritten'> {
  /** Hears of records that are in a result file now, whoever wrote them. */
  readonly onWritten: (heads: readonly RecordHead[]) => void;
  readonly onStack?: (record: RecordHead, stack: string) => void;
}

/**
 * Has an executor evaluate jobs and writes their records.
 *
 * @throws ArchonError ARCHON_DISK_FULL, and as `RecordWriter.append`; what waits is then left to the writer's `close`
 */
export async function writeRecords(
  executor: Executor,
  jobs: readonly Job[],
  writer: RecordWriter,
  { onWritten, onStack, ...callbacks }: RecordsListener,
): Promise<void> {
  // A plugin that waits for nothing is noticed when nothing else is left to wait for: so this must not be waited for.
  const timer = setInterval(() => onWritten(written(writer)), LOOK_MS).unref();
  const ended = executor.run(jobs, {
    ...callbacks,
    onRecord: (record, stack) => {
      // says nothing about the point, and the next ones would fare no better
      if (record.error?.code === 'ARCHON_DISK_FULL') throw new ArchonError(record.error);
      if (stack !== undefined) onStack?.(record, stack);
      onWritten(writer.append(record));
    },
    onWritten: (head) => onWritten([head]),
  });
  await ended.finally(() => clearInterval(timer));
  onWritten(writer.flush());
}

/** What has waited long enough is written; what keeps it from being written is told with the next record. */
function written(writer: RecordWriter): readonly RecordHead[] {
  try {
    return writer.flushDue();
  } catch {
    return [];
  }
}
