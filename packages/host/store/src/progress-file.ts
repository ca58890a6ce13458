import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRESS_SCHEMA_VERSION, type RunStatus } from '@archon-dse/core';
import { writeAdvice } from '@archon-dse/core/files';

const PROGRESS_FILE = 'progress.json';

/**
 * Tells other processes how a run is, in one step, so that none reads a part. Progress is advice: where it cannot be written the sweep goes
 * on, and what keeps it from writing keeps results from being written too, which is an error.
 */
export function writeProgress(outDir: string, status: RunStatus): void {
  writeAdvice(join(outDir, PROGRESS_FILE), `${JSON.stringify(status)}\n`);
}

/** What the last run in an out directory told; nothing where none did, or where it is of another version. */
export function readProgress(outDir: string): RunStatus | undefined {
  try {
    const status = JSON.parse(readFileSync(join(outDir, PROGRESS_FILE), 'utf8')) as unknown;
    return isStatus(status) ? status : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it holds what readers rely on; texts in it may be anything. */
function isStatus(value: unknown): value is RunStatus {
  const { schemaVersion, state, leader, executor, workers, stages, points } = Object(value) as Partial<RunStatus>;
  return (
    schemaVersion === PROGRESS_SCHEMA_VERSION &&
    typeof state === 'string' &&
    typeof leader?.pid === 'number' &&
    typeof executor?.kind === 'string' &&
    Array.isArray(workers) &&
    Array.isArray(stages) &&
    (points === undefined || (typeof points.done === 'number' && typeof points.total === 'number'))
  );
}
