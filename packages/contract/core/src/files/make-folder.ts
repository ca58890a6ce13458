import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { attemptFile } from '../file-refusal.js';

/**
 * Makes a folder and those on the way to it; nothing where it is there. Goes down from the nearest folder there is: Node's own recursive
 * mkdir never returns below `/proc`, where the parent is there and yet nothing can be made.
 *
 * @throws ArchonError ARCHON_FILE_REFUSED or ARCHON_DISK_FULL
 */
export function makeFolder(path: string): void {
  attemptFile({ path, doing: 'made', expected: 'a folder, or a path where one can be made' }, () => {
    const missing: string[] = [];
    let at = resolve(path);
    while (!exists(at) && at !== dirname(at)) {
      missing.unshift(at);
      at = dirname(at);
    }
    if (missing.length === 0) mustBeFolder(at);
    for (const folder of missing) makeOne(folder);
  });
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && isFolder(folder);
    if (!isThere) throw error; // a dangling link, too
  }
}

/** A file in the place of a folder is told as the operating system tells it. */
function mustBeFolder(path: string): void {
  if (!isFolder(path)) mkdirSync(path);
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
