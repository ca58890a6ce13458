import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { attemptFile, canonicalJson, fail, type Confirmation, type Sweep } from '@archon-dse/core';
import { makeFolder, readBytes } from '@archon-dse/core/files';
import writeFileAtomic from 'write-file-atomic';
import { LOCK_FILE, lockOutDir } from './out-lock.js';
import { sealed, unseal } from './seal.js';

/** The normalised sweep an out directory was last used for; also what marks a directory as ours. */
const SWEEP_FILE = 'sweep.json';

/**
 * Creates or takes over an out directory.
 *
 * @returns a function that gives it back
 * @throws ArchonError ARCHON_OUT_NOT_EMPTY when it holds files that are not ours, ARCHON_OUT_LOCKED while another process uses it,
 *   ARCHON_FILE_REFUSED
 */
export function claimOutDir(outDir: string): () => void {
  makeFolder(outDir);
  const entries = attemptFile({ path: outDir, doing: 'listed' }, () => readdirSync(outDir));
  if (entries.length > 0 && !entries.includes(SWEEP_FILE) && !entries.includes(LOCK_FILE)) {
    fail({
      code: 'ARCHON_OUT_NOT_EMPTY',
      message: `"${outDir}" is not empty and holds no sweep of ours (found ${entries.slice(0, 3).join(', ')})`,
      expected: 'a new or empty directory, or one that an earlier run of a sweep made',
    });
  }
  return lockOutDir(outDir);
}

/**
 * To be asked before anything is made in an out directory while a sweep runs: made again, it would lack the sweep and the lock.
 *
 * @throws ArchonError ARCHON_FILE_REFUSED when it was deleted since it was claimed
 */
export function mustBeThere(outDir: string): void {
  if (!existsSync(outDir)) refuseDeleted(outDir);
}

/** @param path - of an out directory, or of what was in it */
export function refuseDeleted(path: string): never {
  return fail({
    code: 'ARCHON_FILE_REFUSED',
    message: `"${path}" cannot be written: it was deleted while the sweep ran`,
    expected: 'an out directory that stays until the sweep is done',
    hint: 'Run the same command again; points whose records are gone are evaluated again.',
  });
}

/** What an out directory was last used for. */
export interface SweepNote {
  readonly sweep: Sweep;
  /** All of its points, in the order of expansion, whether a run was to evaluate them or not; those of the first step where it has two. */
  readonly pointIds: readonly string[];
  /** The points of the second step, in the order of those they confirm; absent before all points of the first have a record. */
  readonly confirmations?: readonly Confirmation[];
  /** Of a search with an axis of effort, its path into a point, e.g. `stages[0].options.epochs`. */
  readonly effort?: string;
  /** What their results depended on beside the sweep, see `groundsOf`; not in notes of earlier versions. */
  readonly grounds?: Readonly<Record<string, string>>;
}

/**
 * Notes the sweep in the out directory. Points are found by content, so another sweep may use the same directory.
 *
 * @returns whether the directory was used for a different sweep before
 */
export async function noteSweep(outDir: string, note: SweepNote): Promise<boolean> {
  const file = join(outDir, SWEEP_FILE);
  const text = sealed(note);
  const before = existsSync(file) ? readBytes(file, 'a file').toString() : undefined;
  if (before !== text) await attemptFile({ path: file, doing: 'written' }, () => writeFileAtomic(file, text));
  return before !== undefined && canonicalJson(parseNote(before)?.sweep ?? null) !== canonicalJson(note.sweep);
}

/** All points of a sweep, those of a second step after those of the first, each once. */
export function notedIds({ pointIds, confirmations = [] }: SweepNote): ReadonlySet<string> {
  return new Set([...pointIds, ...confirmations.map(({ pointId }) => pointId)]);
}

/** What a directory was used for before, if it can be read. */
export function earlierNote(outDir: string): Partial<SweepNote> | undefined {
  const file = join(outDir, SWEEP_FILE);
  return existsSync(file) ? parseNote(readBytes(file, 'the file as the sweep wrote it').toString()) : undefined;
}

/** Also of earlier versions, whose notes had no seal. */
function parseNote(text: string): Partial<SweepNote> | undefined {
  try {
    return JSON.parse(text) as Partial<SweepNote>;
  } catch {
    return undefined;
  }
}

/** @throws ArchonError ARCHON_FILE_NOT_FOUND when no sweep was run there, ARCHON_JOURNAL_CORRUPT when the note cannot be read */
export function readSweepNote(outDir: string): SweepNote {
  const file = join(outDir, SWEEP_FILE);
  if (!existsSync(file)) {
    fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `"${outDir}" holds no sweep (no ${SWEEP_FILE})`,
      expected: 'the out directory of a sweep',
    });
  }
  const text = readBytes(file, 'the file as the sweep wrote it').toString();
  try {
    return unseal(text) as SweepNote;
  } catch (error) {
    return fail({
      code: 'ARCHON_JOURNAL_CORRUPT',
      message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      expected: 'the file as the sweep wrote it',
      hint: 'Run the sweep again: it writes the file anew and keeps the results.',
    });
  }
}
