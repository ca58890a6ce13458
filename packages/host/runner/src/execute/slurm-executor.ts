import { join } from 'node:path';
import type { RecordHead } from '@archon-dse/core';
import type { Contents, Executor, Job } from '@archon-dse/engine';
import { planShards, runArrays, slurm, USUAL_PACE, type Pace } from '@archon-dse/slurm';
import { mustBeThere, nextRun, type RecordStore } from '@archon-dse/store';
import type { RunSweepOptions } from '../run-sweep.js';
import { shardEncoder } from '../shard/shard-file.js';
import { readStageNotes } from '../shard/stage-notes.js';

/** How a sweep uses Slurm, beside what its file says. */
export interface SlurmUse {
  /** What evaluates a shard, given its file as last argument: `archon shard`. */
  readonly command: readonly string[];
  /** Leaves tasks in the queue when the run is stopped; the next run waits for them. */
  readonly leavesJobs?: boolean;
  /** How often what is looked at. */
  readonly pace?: Partial<Pace>;
}

/** Tasks are to last so long: starting one takes seconds, and one that is lost should not cost hours. */
const TASK_S = 180;
/** What a point is taken to last before any has. */
const GUESS_S = 0.1;
const LEAST_S = 1e-4;

/** Has tasks of Slurm evaluate jobs, see `runArrays`; the out directory must be shared with their nodes. They write their results there. */
export function slurmExecutor(options: RunSweepOptions, contents: Contents, store: RecordStore): Executor {
  const { sweep, outDir, slurm: use } = options;
  if (use === undefined) throw new Error('a run with Slurm needs to know what evaluates a shard');
  const { cpusPerTask = 1, pollS, pointsPerTask, ...settings } = sweep.executor;
  const textOf = shardEncoder(options, contents, nextRun(outDir));
  const measured = { points: 0, wallS: 0 };
  /** Points of a task, by what those so far have taken. */
  const sizeNow = (): number => {
    const pointS = measured.points === 0 ? GUESS_S : measured.wallS / measured.points;
    return pointsPerTask ?? Math.max(1, Math.floor((TASK_S * cpusPerTask) / Math.max(pointS, LEAST_S)));
  };
  const encode = (jobs: readonly Job[], index: number, submission: string): string =>
    textOf(`${submission}-${String(index)}`, jobs);
  return {
    async run(jobs, { onWritten, onStage, onTasks, signal }) {
      if (signal?.aborted === true) return; // with no job at all, arrays of an earlier leader are ended
      const news = newRecords(store, jobs);
      const left = new Map(jobs.map((job) => [job.id, job]));
      const take = (): readonly string[] => {
        mustBeThere(outDir); // no result will come, and what is submitted next is written there
        const taken: string[] = [];
        for (const head of news()) {
          if (signal?.aborted === true) break; // the next run finds it
          measured.points += 1;
          measured.wallS += head.timing.wallMs / 1000;
          taken.push(head.pointId);
          left.delete(head.pointId);
          onWritten?.(head);
        }
        return taken;
      };
      const tellStages = (shardFiles: readonly string[]): void => {
        for (const { pointId, event } of shardFiles.flatMap(readStageNotes)) {
          const job = left.get(pointId);
          if (job !== undefined) onStage?.(job, event);
        }
      };
      await runArrays(
        slurm({ ...settings, cpusPerTask }),
        {
          ...{ name: sweep.name, root: join(outDir, 'shards'), jobs, settings, command: use.command },
          plan: (left, most) => planShards(left, { most, size: sizeNow() }),
          ...{ encode, take, onRunning: tellStages },
          ...(onTasks === undefined ? {} : { onTasks }),
          ...(signal === undefined ? {} : { signal }),
          ...(use.leavesJobs === undefined ? {} : { leavesJobs: use.leavesJobs }),
        },
        { ...USUAL_PACE, ...(pollS === undefined ? {} : { queueMs: pollS * 1000 }), ...use.pace },
      );
    },
  };
}

/** Reads on in a store: records of these jobs that came in since the last call. A job that has one already is to get another. */
function newRecords(store: RecordStore, jobs: readonly Job[]): () => readonly RecordHead[] {
  const wanted = new Set(jobs.map(({ id }) => id));
  const before = new Map<string, string>();
  for (const id of wanted) {
    const head = store.head(id);
    if (head !== undefined) before.set(id, head.timing.startedAt);
  }
  return () => {
    const known = store.size;
    store.refresh();
    const again = [...before.keys()].filter((id) => wanted.has(id) && startOf(id) !== before.get(id));
    const fresh = [...store.ids(known)].filter((id) => wanted.has(id));
    for (const id of [...again, ...fresh]) wanted.delete(id);
    return [...store.heads([...again, ...fresh])];
  };

  function startOf(id: string): string | undefined {
    return store.head(id)?.timing.startedAt;
  }
}
