import { closeSync, openSync } from 'node:fs';
import { LRUCache } from 'lru-cache';

/** Sweeps on a cluster leave more files than a process may open. */
const MOST_OPEN = 32;

/** Files open for reading, those used last. */
export class OpenFiles {
  private readonly descriptors = new LRUCache<string, number>({
    max: MOST_OPEN,
    dispose: (descriptor) => closeSync(descriptor),
  });

  /** @throws Error as `openSync` */
  descriptor(path: string): number {
    const known = this.descriptors.get(path);
    if (known !== undefined) return known;
    const descriptor = openSync(path, 'r');
    this.descriptors.set(path, descriptor);
    return descriptor;
  }

  close(): void {
    this.descriptors.clear();
  }
}
