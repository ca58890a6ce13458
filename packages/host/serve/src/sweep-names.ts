import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readSweepNote } from '@archon-dse/store';
import { folderName, type FoundSweep } from './find-sweeps.js';

/** Notes hold all ids of a sweep, and a search writes its own again and again. */
const KEEP_MS = 10_000;

/** Names of sweeps, by folder: of one that cannot be read, that of the folder. */
export class SweepNames {
  private readonly known = new Map<
    string,
    { readonly name: string; readonly stamp: number; readonly readAtMs: number }
  >();

  nameOf(found: FoundSweep): string {
    const before = this.known.get(found.path);
    const nowMs = performance.now();
    if (before !== undefined && nowMs - before.readAtMs < KEEP_MS) return before.name;
    const stamp = stampOf(found);
    const name = before?.stamp === stamp ? before.name : nameIn(found);
    this.known.set(found.path, { name, stamp, readAtMs: nowMs });
    return name;
  }
}

/** A note that was there may be gone, out of reach or stale on a shared folder, which is no reason to stop serving. */
function stampOf({ path }: FoundSweep): number {
  try {
    return statSync(join(path, 'sweep.json')).mtimeMs;
  } catch {
    return 0;
  }
}

function nameIn(found: FoundSweep): string {
  try {
    return readSweepNote(found.path).sweep.name;
  } catch {
    return folderName(found); // its own page says what is wrong
  }
}
