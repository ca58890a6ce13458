import { createHash } from 'node:crypto';
import type { Dataset } from '@archon-dse/data';

/** SHA-256 of everything in a dataset that a result depends on: equal images give equal digests, wherever they were read. */
export function digestDataset({ name, classes, resolution, labels, images }: Dataset): string {
  const hash = createHash('sha256').update(JSON.stringify({ name, classes, resolution, count: labels.length }));
  for (const { buffer, byteOffset, byteLength } of [labels, images]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
