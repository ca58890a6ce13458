import { chainKey, type Job } from '@archon-dse/engine';

/** How work is shared out. */
export interface ShardPlan {
  /** The most shards, >= 1. */
  readonly most: number;
  /** Points of a shard, as far as `most` allows, >= 1. */
  readonly size: number;
}

/**
 * Cuts jobs into shards, each job once. Points of a network whose stages take long stay together as far as a shard's size allows, since the
 * stages are applied once a shard; several such networks share a shard only where there would be more than `most`.
 */
export function planShards(jobs: readonly Job[], { most, size }: ShardPlan): readonly (readonly Job[])[] {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) {
    const key = job.point.stages.length === 0 ? '' : chainKey(job.point);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [job]);
    else group.push(job);
  }
  const largest = Math.max(size, Math.ceil(jobs.length / most));
  const pieces = [...groups.values()].flatMap((group) => cut(group, largest));
  const shards: Job[][] = [];
  for (const piece of pieces.sort((a, b) => b.length - a.length)) {
    if (shards.length < most) shards.push([...piece]);
    else shards.reduce((least, shard) => (shard.length < least.length ? shard : least)).push(...piece);
  }
  return shards;
}

/** Cuts a list into as few parts as there can be, of nearly the same length, none longer than `size`. */
function cut<Item>(list: readonly Item[], size: number): readonly (readonly Item[])[] {
  const parts = Math.ceil(list.length / size);
  const ends = Array.from({ length: parts + 1 }, (_, index) => Math.floor((index * list.length) / parts));
  return ends.slice(1).map((end, index) => list.slice(ends[index], end));
}
