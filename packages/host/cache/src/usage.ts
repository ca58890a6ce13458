import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAYERS, SCOPE_FILE } from './layer-store.js';
import { namesIn, statOf } from './look.js';
import type { LayerScope } from './scope.js';
import { linesIn } from './segment-line.js';
import { SEGMENT } from './segment-writer.js';

/** A file of layer results, which one thread of one run wrote. */
export interface SegmentUse {
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly writtenMs: number;
}

/** Layer results that depend on the same. */
export interface ScopeUse {
  readonly id: string;
  readonly path: string;
  /** Absent where it cannot be read; its values are then of no use to anybody. */
  readonly scope?: LayerScope;
  readonly segments: readonly SegmentUse[];
  readonly bytes: number;
  /** When values were last taken or kept, in milliseconds since 1970. */
  readonly usedMs: number;
}

/** What is kept of layer results, the least recently used first; files beside the scopes are not ours. @param cacheDir - folder of the cache */
export function layerUse(cacheDir: string): readonly ScopeUse[] {
  const folder = join(cacheDir, LAYERS);
  return namesIn(folder)
    .filter((id) => statOf(join(folder, id))?.isDirectory() === true)
    .map((id) => scopeUse(id, join(folder, id)))
    .sort((a, b) => a.usedMs - b.usedMs || (a.id < b.id ? -1 : 1));
}

/** How many values a scope has, each counted once. Reads all of them. */
export function countValues({ segments }: ScopeUse): number {
  const digests = new Set<string>();
  for (const { path } of segments) for (const { digest } of linesIn(bytesOf(path)).lines) digests.add(digest);
  return digests.size;
}

function scopeUse(id: string, path: string): ScopeUse {
  const segments = namesIn(path)
    .filter((name) => SEGMENT.test(name))
    .flatMap((name): SegmentUse[] => {
      const found = statOf(join(path, name));
      return found === undefined ? [] : [{ path: join(path, name), bytes: found.size, writtenMs: found.mtimeMs }];
    });
  const scope = scopeIn(join(path, SCOPE_FILE));
  const times = segments.map(({ writtenMs }) => writtenMs);
  return {
    ...{ id, path, segments },
    ...(scope === undefined ? {} : { scope }),
    bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
    usedMs: Math.max(statOf(join(path, SCOPE_FILE))?.mtimeMs ?? 0, ...times),
  };
}

function scopeIn(path: string): LayerScope | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LayerScope;
  } catch {
    return undefined;
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
