import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ArchonError, fail } from '@archon-dse/core';
import type { NamedTensors } from '@archon-dse/tensor';
import { readCheckpoint, unusable, writeCheckpoint, type Checkpoint } from './checkpoint.js';
import type { EpochResult } from './epoch-result.js';

/** Weights and masks of the epoch that is kept, and the whole state after the last epoch that is done. */
export const KEPT_FILE = 'model.safetensors';
export const LAST_FILE = 'last.safetensors';

const HINT = 'Delete the folder to train it again.';

/** What a training left behind when it stopped. */
export interface Saved {
  readonly state?: NamedTensors;
  readonly kept?: Checkpoint;
  readonly history: readonly EpochResult[];
}

/**
 * Reads what an earlier run of a training left in its folder; nothing on the first run.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_FILE_REFUSED; ARCHON_CHECKPOINT_INVALID for a damaged file, and for one of another
 *   training
 */
export async function readSaved(checkpointDir: string | undefined): Promise<Saved> {
  if (checkpointDir === undefined || !existsSync(join(checkpointDir, LAST_FILE))) return { history: [] };
  const last = await readOwn(join(checkpointDir, LAST_FILE));
  const kept = await readOwn(join(checkpointDir, KEPT_FILE));
  return { state: last.tensors, kept, history: last.info.history };
}

/** Writes one of the two files, marked with the training it belongs to. */
export function writeSaved(checkpointDir: string, file: string, { info, tensors }: Checkpoint): Promise<void> {
  const training = basename(checkpointDir);
  return writeCheckpoint(join(checkpointDir, file), { info: { ...info, training }, tensors });
}

async function readOwn(path: string): Promise<Checkpoint> {
  const { info, tensors } = await read(path);
  const { training, ...rest } = info;
  if (training === basename(dirname(path))) return { info: rest, tensors };
  const owner = training === undefined ? 'an unknown training' : `the training "${training}"`;
  return fail({ ...unusable(path, `it belongs to ${owner}`), hint: HINT });
}

async function read(path: string): Promise<Checkpoint> {
  try {
    return await readCheckpoint(path);
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    const [first, ...others] = error.diagnostics;
    throw first === undefined ? error : new ArchonError({ ...first, hint: HINT }, ...others);
  }
}
