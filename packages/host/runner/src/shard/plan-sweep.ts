import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { attemptFile } from '@archon-dse/core';
import type { Contents, Job } from '@archon-dse/engine';
import { planShards, writeShards } from '@archon-dse/slurm';
import { nextRun } from '@archon-dse/store';
import { runSweep, type RunSweepOptions } from '../run-sweep.js';
import { shardEncoder } from './shard-file.js';

/** The shards of a sweep for a scheduler that is not known here. */
export interface SweepPlan {
  /** Absolute paths; none where nothing is missing. */
  readonly files: readonly string[];
  /** Points in them. */
  readonly points: number;
}

/**
 * Writes what is missing of a sweep as so many shards, `shards/NAME/0.json` and so on of its out directory, in place of evaluating it. A search
 * and a second step ask for more once these are done: until nothing is missing, plan and evaluate again.
 *
 * @param plan - the number of shards, >= 1, of which the last may be empty; and the name of their folder, which is replaced
 * @throws ArchonError as {@link runSweep}
 */
export async function planSweep(
  options: Omit<RunSweepOptions, 'executor'>,
  { tasks, name }: { readonly tasks: number; readonly name: string },
): Promise<SweepPlan> {
  const { outDir } = options;
  const folder = resolve(outDir, 'shards', name);
  let plan: SweepPlan = { files: [], points: 0 };
  const run = nextRun(outDir);
  const write = (jobs: readonly Job[], contents: Contents): SweepPlan => {
    attemptFile({ path: folder, doing: 'removed' }, () => rmSync(folder, { recursive: true, force: true }));
    const shards = planShards(jobs, { most: tasks, size: 1 });
    const encode = shardEncoder(options, contents, run);
    const texts = Array.from({ length: tasks }, (_, index) => encode(`${name}-${String(index)}`, shards[index] ?? []));
    return { files: writeShards(folder, texts), points: jobs.length };
  };
  const create = (contents: Contents) => ({
    run(jobs: readonly Job[]): Promise<void> {
      if (jobs.length > 0) plan = write(jobs, contents);
      return Promise.resolve();
    },
  });
  await runSweep({ ...options, executor: { kind: 'shards', create } });
  return plan;
}
