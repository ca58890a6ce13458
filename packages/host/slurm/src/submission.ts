import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attemptFile } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { sync as writeFileAtomic } from 'write-file-atomic';

const NOTE = 'submission.json';

/** An array of shards as its folder tells it: whoever leads the sweep next finds it there. */
export interface Submission {
  /** Its name: that of the job and of the folder. */
  readonly id: string;
  /** Absolute path. */
  readonly folder: string;
  /** Ids of the items of each shard. */
  readonly shards: readonly (readonly string[])[];
  /** The number Slurm gave the job; absent while that is not known. */
  readonly job?: string;
}

/** A name for a new submission that no other has, made of the sweep's. */
export function submissionId(name: string): string {
  const readable = name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 20);
  return `${readable}-${randomBytes(4).toString('hex')}`;
}

export function shardFile(folder: string, index: number): string {
  return join(folder, `${String(index)}.json`);
}

/** Writes the texts of shards into a folder, as `0.json` and so on. @returns their files */
export function writeShards(folder: string, texts: readonly string[]): readonly string[] {
  makeFolder(folder);
  return texts.map((text, index) => {
    const file = shardFile(folder, index);
    writeText(file, text);
    return file;
  });
}

export function noteSubmission({ id, folder, shards, job }: Submission): void {
  writeText(join(folder, NOTE), JSON.stringify({ id, ...(job === undefined ? {} : { job }), shards }));
}

/** Submissions that were not done when their leader ended. One whose note was never written was never handed to Slurm. */
export function openSubmissions(root: string): readonly Submission[] {
  if (!existsSync(root)) return [];
  return attemptFile({ path: root, doing: 'listed' }, () => readdirSync(root)).flatMap((name) => {
    const folder = resolve(root, name);
    const note = readNote(join(folder, NOTE));
    return note?.id === name ? [{ ...note, folder }] : [];
  });
}

/** Removes what a submission has left, once nobody needs it. Where a task that is ending still writes there, the next leader removes it. */
export function removeSubmission({ folder }: Pick<Submission, 'folder'>): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // results are elsewhere
  }
}

export function writeText(path: string, text: string): void {
  attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, text));
}

function readNote(file: string): Omit<Submission, 'folder'> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Omit<Submission, 'folder'>;
  } catch {
    return undefined; // none, or of something else
  }
}
