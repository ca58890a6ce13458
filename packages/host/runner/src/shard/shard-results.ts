import { randomBytes } from 'node:crypto';
import { openStore, RecordWriter } from '@archon-dse/store';
import type { Shard } from './shard-file.js';

/** Ids of the points that earlier tries of the same shard have evaluated. */
export function earlierIds({ outDir, run, name }: Shard): ReadonlySet<string> {
  const store = openStore(outDir, { run, writer: name });
  store.close();
  return new Set(store.ids());
}

/** Writes the results of a try of a shard, beside those of any other try, even one that goes on elsewhere. */
export function shardWriter({ outDir, run, name }: Shard): RecordWriter {
  return new RecordWriter(outDir, { run, writer: `${name}-${randomBytes(4).toString('hex')}` });
}
