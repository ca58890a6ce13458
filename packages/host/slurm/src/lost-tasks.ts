import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchonError } from '@archon-dse/core';
import type { Task } from './task-state.js';
import type { TrackedArray } from './tracked-array.js';

/** A task of an array. */
export interface LostTask {
  readonly array: TrackedArray;
  readonly task: Task;
}

/** States of tasks that began and ended by themselves: each has made its log. */
const ENDED = new Set(['COMPLETED', 'FAILED']);
const MOST_LINES = 8;
const MOST_CHARACTERS = 1500;

/** Tasks that have ended without results, and without the log that each begins with: their node writes to another folder than this one. */
export function unseenTasks(arrays: readonly TrackedArray[], waiting: ReadonlySet<string>): readonly LostTask[] {
  return lostTasks(arrays, waiting).filter(
    ({ array, task }) => ENDED.has(task.state) && !existsSync(logOf(array, task)),
  );
}

function lostTasks(arrays: readonly TrackedArray[], waiting: ReadonlySet<string>): readonly LostTask[] {
  return arrays.flatMap((array) =>
    (array.tasks ?? [])
      .filter(({ index }) => array.submission.shards[index]?.some((id) => waiting.has(id)) === true)
      .map((task) => ({ array, task })),
  );
}

export function notShared(unseen: readonly LostTask[]): ArchonError {
  const nodes = [...new Set(unseen.map(({ task }) => task.node || 'an unknown node'))].sort();
  const folder = unseen[0]?.array.submission.folder ?? '';
  return new ArchonError({
    code: 'ARCHON_FOLDER_NOT_SHARED',
    message: `tasks on ${nodes.join(', ')} ended, but nothing they wrote is in "${folder}"`,
    expected: 'an out directory that this machine and all nodes share',
    hint: 'Use --out with a folder that is shared, or keep those nodes out: executor.options: [--exclude=NODE].',
  });
}

/** Several arrays in a row brought nothing. */
export function shardsLost(arrays: readonly TrackedArray[], waiting: ReadonlySet<string>, tries: number): ArchonError {
  const lost = lostTasks(arrays, waiting);
  const states = [...new Set(lost.map(({ task }) => task.state))].join(', ');
  const log = lost.map(({ array, task }) => endOf(logOf(array, task))).find((text) => text !== '');
  return new ArchonError({
    code: 'ARCHON_SHARDS_LOST',
    message:
      `${String(waiting.size)} points have no result after ${String(tries)} arrays in a row that brought none` +
      `${states === '' ? '' : ` (tasks ended as ${states})`}${log === undefined ? '' : `; a task's log ends:\n${log}`}`,
    expected: 'tasks that evaluate points',
    hint: 'Results so far are kept. Mend what the log tells of, then run the same command again.',
  });
}

function logOf({ submission }: TrackedArray, { index }: Task): string {
  return join(submission.folder, `${String(index)}.log`);
}

function endOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-MOST_LINES).join('\n').slice(-MOST_CHARACTERS);
  } catch {
    return ''; // a task that never began has none
  }
}
