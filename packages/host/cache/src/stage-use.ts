import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, statOf } from './look.js';

/** What a stage keeps in the cache: checkpoints of a training, found again by what they depend on. */
export interface StageUse {
  readonly path: string;
  readonly bytes: number;
  /** When any of its files was last written, in milliseconds since 1970. */
  readonly usedMs: number;
}

const FOLDER = /^[\w-]+-[0-9a-f]{16}$/;
/** A run that is under way writes more often. */
const RESTS_MS = 3600e3;

/** Results of stages in the cache, the one written longest ago first. @param cacheDir - folder of the cache */
export function stageUse(cacheDir: string): readonly StageUse[] {
  return namesIn(cacheDir)
    .filter((name) => FOLDER.test(name))
    .map((name) => useOf(join(cacheDir, name)))
    .sort((a, b) => a.usedMs - b.usedMs);
}

/** Those to delete: written before a time, and until all together are small enough; never one that was written within the hour. */
export function planStages(
  cacheDir: string,
  { maxBytes = Infinity, usedBeforeMs = 0 }: { readonly maxBytes?: number; readonly usedBeforeMs?: number },
  nowMs = Date.now(),
): readonly StageUse[] {
  const all = stageUse(cacheDir);
  let left = all.reduce((sum, { bytes }) => sum + bytes, 0);
  return all.filter(({ bytes, usedMs }) => {
    if (usedMs > nowMs - RESTS_MS || (usedMs >= usedBeforeMs && left <= maxBytes)) return false;
    left -= bytes;
    return true;
  });
}

/** @throws Error of the file system */
export function pruneStages(uses: readonly StageUse[]): void {
  for (const { path } of uses) rmSync(path, { recursive: true, force: true });
}

function useOf(path: string): StageUse {
  let [bytes, usedMs] = [0, 0];
  const visit = (folder: string): void => {
    for (const name of namesIn(folder)) {
      const stat = statOf(join(folder, name));
      if (stat?.isDirectory() === true) visit(join(folder, name));
      else if (stat !== undefined) [bytes, usedMs] = [bytes + stat.size, Math.max(usedMs, stat.mtimeMs)];
    }
  };
  visit(path);
  return { path, bytes, usedMs };
}
