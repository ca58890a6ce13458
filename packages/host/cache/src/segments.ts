import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from './look.js';
import { linesIn, valueIn } from './segment-line.js';
import { SEGMENT } from './segment-writer.js';

/** Files that stay open; more are opened again for each value. */
const MOST_OPEN = 64;
/** Bytes of a segment that are looked through at once. */
const CHUNK = 2 ** 24;

interface Segment {
  readonly path: string;
  /** Bytes that were looked through. */
  known: number;
  descriptor?: number;
}

interface Place {
  readonly segment: Segment;
  readonly start: number;
  readonly length: number;
}

/** All values of a folder of segments, whoever writes them. Holds where they are; what cannot be read is not there. */
export class Segments {
  private readonly folder: string;
  private readonly segments = new Map<string, Segment>();
  private readonly places = new Map<string, Place>();
  private open = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Looks for what was written since the last time. */
  refresh(): void {
    for (const name of namesIn(this.folder)) {
      if (!SEGMENT.test(name)) continue;
      const segment = this.segments.get(name) ?? { path: join(this.folder, name), known: 0 };
      this.segments.set(name, segment);
      this.use(segment, (descriptor) => this.lookThrough(segment, descriptor));
    }
  }

  /** The JSON of a value. */
  get(digest: string): string | undefined {
    const place = this.places.get(digest);
    if (place === undefined) return undefined;
    const { segment, start, length } = place;
    const json = this.use(segment, (descriptor) => {
      const line = Buffer.allocUnsafe(length);
      return readSync(descriptor, line, 0, length, start) === length ? valueIn(line, digest) : undefined;
    });
    if (json === undefined) this.places.delete(digest);
    return json;
  }

  close(): void {
    for (const { descriptor } of this.segments.values()) if (descriptor !== undefined) closeSync(descriptor);
    this.segments.clear();
    this.places.clear();
  }

  private lookThrough(segment: Segment, descriptor: number): void {
    const { size } = fstatSync(descriptor);
    let most = CHUNK;
    while (segment.known < size) {
      const bytes = Buffer.allocUnsafe(Math.min(most, size - segment.known));
      const count = readSync(descriptor, bytes, 0, bytes.length, segment.known);
      const { lines, length } = linesIn(bytes.subarray(0, count));
      for (const line of lines) {
        this.places.set(line.digest, { segment, start: segment.known + line.start, length: line.length });
      }
      segment.known += length;
      if (length > 0) continue;
      if (count < most) return; // the last line is still being written, or was torn
      most *= 2; // a line longer than that
    }
  }

  private use<T>(segment: Segment, act: (descriptor: number) => T): T | undefined {
    let opened: number | undefined;
    try {
      const descriptor = segment.descriptor ?? (opened = openSync(segment.path, 'r'));
      const result = act(descriptor);
      if (opened !== undefined && this.open < MOST_OPEN) {
        segment.descriptor = opened;
        this.open += 1;
        opened = undefined;
      }
      return result;
    } catch {
      return undefined; // deleted meanwhile, or not ours to read
    } finally {
      if (opened !== undefined) closeSync(opened);
    }
  }
}
