import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from './refusal.js';

/**
 * Writes files into a new or empty folder: all of them or none.
 *
 * @param files - texts by path in the folder
 * @throws Refusal when the folder holds anything, or cannot be written
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const target = resolve(folder);
  const made = join(dirname(target), `.${basename(target)}-${String(process.pid)}`);
  const isThere = requireFree(folder);
  attempt(folder, () => {
    try {
      for (const [path, text] of files) {
        mkdirSync(dirname(join(made, path)), { recursive: true });
        writeFileSync(join(made, path), text, { flag: 'wx' });
      }
      // A folder that is there may be where the user stands: it stays the same one.
      if (isThere) moveEach(made, target);
      else renameSync(made, target);
    } finally {
      rmSync(made, { recursive: true, force: true });
    }
  });
}

function moveEach(from: string, to: string): void {
  const moved: string[] = [];
  try {
    for (const name of readdirSync(from)) {
      renameSync(join(from, name), join(to, name));
      moved.push(join(to, name));
    }
  } catch (error) {
    for (const path of moved) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Whether a folder is there already, and empty.
 *
 * @throws Refusal when it holds anything, or cannot be read
 */
export function requireFree(folder: string): boolean {
  return attempt(folder, () => {
    if (!existsSync(folder)) return false;
    const names = readdirSync(folder);
    if (names.length === 0) return true;
    throw new Refusal(`"${folder}" is not empty: it holds ${names.slice(0, 3).join(', ')}`, 'a new or empty folder');
  });
}

/** @throws Refusal for what the file system refuses */
function attempt<T>(folder: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Refusal(`"${folder}" cannot be written: ${error.message}`, 'a new or empty folder that can be written');
  }
}
