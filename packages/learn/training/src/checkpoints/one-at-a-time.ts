import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { attemptFile } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { lock } from 'proper-lockfile';

/** A holder that shows no sign of life for so long is gone. It shows one between two batches at most. */
const STALE_MS = 15_000;
const UPDATE_MS = 3_000;
const RETRY_MS = 300;

/**
 * Runs work on a folder while no other thread or process of a user does, so that what one of them has made the next one finds. Losing the
 * lock, as in a step that takes longer than a lock lives, costs time only: all write the same, and whole files.
 *
 * @param signal - ends the waiting, and the work then starts without the lock, to stop by itself
 * @throws ArchonError ARCHON_FILE_REFUSED or ARCHON_DISK_FULL when the folder cannot be locked
 */
export async function oneAtATime<T>(
  folder: string,
  signal: { readonly aborted: boolean } | undefined,
  work: () => Promise<T>,
): Promise<T> {
  makeFolder(dirname(folder));
  const release = await waitFor(folder, signal);
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}

async function waitFor(
  folder: string,
  signal: { readonly aborted: boolean } | undefined,
): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await lockIfFree(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      if (signal?.aborted === true) return () => Promise.resolve();
    }
    await setTimeout(RETRY_MS);
  }
}

/** Throws an error with the code ELOCKED while another one has it. */
function lockIfFree(folder: string): Promise<() => Promise<void>> {
  const options = { realpath: false, stale: STALE_MS, update: UPDATE_MS, onCompromised: () => undefined };
  return attemptFile({ path: folder, doing: 'locked' }, () => lock(folder, options));
}
