import { rmSync } from 'node:fs';
import { layerUse, type ScopeUse } from './usage.js';

/** What may stay in the cache. */
export interface PruneLimits {
  /** Of all layer results together. */
  readonly maxBytes?: number;
  /** Scopes that were last used before, in milliseconds since 1970, go. */
  readonly usedBeforeMs?: number;
}

/** Something to delete. */
export interface Removal {
  /** A scope with all that is in it, or one segment of it. */
  readonly path: string;
  readonly bytes: number;
  /** Of the scope. */
  readonly usedMs: number;
  readonly of: ScopeUse;
}

/**
 * What to delete so that limits are kept: what was used longest ago first, and of the scope that is left the segments that were written
 * first. Deletes nothing yet.
 */
export function planPrune(
  cacheDir: string,
  { maxBytes = Infinity, usedBeforeMs = 0 }: PruneLimits,
): readonly Removal[] {
  const scopes = layerUse(cacheDir);
  const removals: Removal[] = [];
  let left = scopes.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const [index, of] of scopes.entries()) {
    const { path, bytes, usedMs } = of;
    const isOld = usedMs < usedBeforeMs;
    if (!isOld && left <= maxBytes) break;
    if (!isOld && index === scopes.length - 1) {
      const oldest = [...of.segments].sort((a, b) => a.writtenMs - b.writtenMs);
      for (const segment of oldest) {
        if (left <= maxBytes) break;
        removals.push({ path: segment.path, bytes: segment.bytes, usedMs, of });
        left -= segment.bytes;
      }
      break;
    }
    removals.push({ path, bytes, usedMs, of });
    left -= bytes;
  }
  return removals;
}

/**
 * Deletes what a plan names. Whoever reads or writes it at the time goes on without. What cannot be deleted keeps nothing else: on a network
 * drive that is a folder with a file that is still open, and anywhere one that another process has just written to.
 *
 * @throws Error of the file system, the first there was, once all else is deleted
 */
export function prune(removals: readonly Pick<Removal, 'path'>[]): void {
  const errors: unknown[] = [];
  for (const { path } of removals) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
