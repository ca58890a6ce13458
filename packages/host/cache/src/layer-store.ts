import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue, LayerCache } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { exactJson } from './exact-json.js';
import { scopeId, type LayerScope } from './scope.js';
import { digestOf } from './segment-line.js';
import { SegmentWriter } from './segment-writer.js';
import { Segments } from './segments.js';

/** Where layer results are, in the folder of the cache. */
export const LAYERS = 'layers';
/** What a scope depends on, in its folder. */
export const SCOPE_FILE = 'scope.json';

/** Reading a value back takes about as long: what was computed more quickly is not kept. */
const WORTH_MS = 0.2;
/** After so many values in a row that were not worth keeping nobody looks for others, until one is. */
const MOST_CHEAP = 50;
/** Others write meanwhile; a miss looks for that, but not every one: on a network drive looking takes long. */
const REFRESH_MS = 50;
/** Time between two looks, as a multiple of what one takes. */
const REST = 20;
/** Misses whose value is awaited. */
const MOST_AWAITED = 1000;

/**
 * Layer results of one scope in the cache of the user, shared with other threads, processes and machines as they come. It loses and leaves
 * out values as it likes, but never gives another one than was put in: so results are the same with and without it.
 */
export class ScopeStore implements LayerCache {
  private readonly folder: string;
  private readonly scope: LayerScope;
  private readonly segments: Segments;
  private readonly writer: SegmentWriter;
  private readonly awaited = new Map<string, number>();
  private nextRefresh = -Infinity;
  private cheap = 0;
  private isNamed = false;

  private readonly clock: () => number;

  /**
   * @param cacheDir - folder of the cache
   * @param clock - milliseconds since any time
   */
  constructor(cacheDir: string, scope: LayerScope, clock: () => number = () => performance.now()) {
    this.clock = clock;
    this.scope = scope;
    this.folder = join(cacheDir, LAYERS, scopeId(scope));
    this.segments = new Segments(this.folder);
    this.writer = new SegmentWriter(this.folder);
  }

  get(key: string): JsonValue | undefined {
    const found = this.cheap < MOST_CHEAP ? this.find(digestOf(key)) : undefined;
    if (found !== undefined) return found;
    if (this.awaited.size >= MOST_AWAITED) this.awaited.clear();
    this.awaited.set(key, this.clock());
    return undefined;
  }

  /** Keeps a value if it took long since it was asked for. */
  set(key: string, value: JsonValue): void {
    const since = this.awaited.get(key);
    if (since === undefined) return;
    this.awaited.delete(key);
    if (this.clock() - since < WORTH_MS) {
      this.cheap += 1;
      return;
    }
    this.cheap = 0;
    const json = exactJson(value);
    if (json === undefined) return;
    this.noteUse();
    this.writer.append(digestOf(key), json);
  }

  /** Hands on to others what was kept so far. */
  flush(): void {
    this.writer.flush();
  }

  close(): void {
    this.writer.close();
    this.segments.close();
  }

  private find(digest: string): JsonValue | undefined {
    const json = this.segments.get(digest) ?? this.findNew(digest);
    if (json === undefined) return undefined;
    try {
      const value = JSON.parse(json) as JsonValue;
      this.cheap = 0;
      this.noteUse();
      return value;
    } catch {
      return undefined;
    }
  }

  private findNew(digest: string): string | undefined {
    if (this.clock() < this.nextRefresh) return undefined;
    const start = this.clock();
    this.segments.refresh();
    const end = this.clock();
    this.nextRefresh = end + Math.max(REFRESH_MS, REST * (end - start));
    return this.segments.get(digest);
  }

  /** Writes down what the values depend on, once; the time of that file is when they were last of use. */
  private noteUse(): void {
    if (this.isNamed) return;
    this.isNamed = true;
    const file = join(this.folder, SCOPE_FILE);
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      try {
        makeFolder(this.folder);
        const draft = `${file}.${String(process.pid)}-${String(performance.now())}`;
        writeFileSync(draft, `${JSON.stringify(this.scope, null, 2)}\n`);
        renameSync(draft, file);
      } catch {
        // a folder that cannot be written keeps nothing
      }
    }
  }
}
