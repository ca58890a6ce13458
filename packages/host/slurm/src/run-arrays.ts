import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SchedulerTask, SlurmSettings } from '@archon-dse/core';
import type { Job } from '@archon-dse/engine';
import { jobScript } from './job-script.js';
import { notShared, shardsLost, unseenTasks } from './lost-tasks.js';
import type { Scheduler } from './scheduler.js';
import {
  noteSubmission,
  openSubmissions,
  removeSubmission,
  submissionId,
  writeShards,
  writeText,
} from './submission.js';
import { submitArray } from './submit-array.js';
import { isActive, phaseOf } from './task-state.js';
import { TrackedArray } from './tracked-array.js';

/** Jobs of a sweep that arrays are to evaluate. */
export interface ArrayWork {
  /** Of the sweep; names of arrays begin with it. */
  readonly name: string;
  /** The folder of all submissions, which all nodes share. */
  readonly root: string;
  readonly jobs: readonly Job[];
  readonly settings: SlurmSettings;
  /** What evaluates a shard, given its file as last argument. */
  readonly command: readonly string[];
  readonly plan: (jobs: readonly Job[], most: number) => readonly (readonly Job[])[];
  /** The text of a shard's file. */
  readonly encode: (shard: readonly Job[], index: number, submission: string) => string;
  /** Ids of the points whose results have come in since it was last called. */
  readonly take: () => readonly string[];
  readonly onTasks?: (tasks: readonly SchedulerTask[]) => void;
  /** Hears the files of the shards whose tasks run, whenever the queue was looked at. */
  readonly onRunning?: (shardFiles: readonly string[]) => void;
  readonly signal?: AbortSignal;
  /** Whether arrays stay in the queue when the signal stops their leader. */
  readonly leavesJobs?: boolean;
}

/** How often what is looked at, in milliseconds. */
export interface Pace {
  readonly resultsMs: number;
  /** Also from the end of the last task until its results must be seen, and before another try to submit. */
  readonly queueMs: number;
  /** From the end of a task until its log must be seen, or else its node does not share the folder. Caches of network drives may be a minute old. */
  readonly graceMs: number;
}

export const USUAL_PACE: Pace = { resultsMs: 1000, queueMs: 10_000, graceMs: 65_000 };

const USUAL_TASKS = 100;
/** Arrays in a row that may bring nothing before the leader gives up. */
const MOST_FRUITLESS = 3;
/** Tasks that were cancelled have so long to close their files. */
const CLOSING_MS = 5000;

/**
 * Has arrays of tasks evaluate jobs. Results alone decide what is done; the queue only tells when to stop waiting for some: points that are
 * missing once no task is left are submitted again. Arrays of a leader that died are found by their names and waited for. What
 * is left of arrays is cancelled in the end.
 *
 * @throws ArchonError ARCHON_SLURM_MISSING, ARCHON_SLURM_REFUSED, ARCHON_SHARDS_LOST or ARCHON_FOLDER_NOT_SHARED
 */
export async function runArrays(scheduler: Scheduler, work: ArrayWork, pace: Pace): Promise<void> {
  const leader = new ArrayLeader(scheduler, work, pace);
  try {
    await leader.lead();
  } finally {
    await leader.leave();
  }
}

class ArrayLeader {
  readonly #scheduler: Scheduler;
  readonly #work: ArrayWork;
  readonly #pace: Pace;
  readonly #waiting: Set<string>;
  readonly #arrays: TrackedArray[] = [];
  /** Since when tasks have ended without a log, by array and number. */
  readonly #unseen = new Map<string, number>();
  #fruitless = 0;
  #lastLook = -Infinity;
  /** Since when no task is left. */
  #quietSince: number | undefined;

  constructor(scheduler: Scheduler, work: ArrayWork, pace: Pace) {
    this.#scheduler = scheduler;
    this.#work = work;
    this.#pace = pace;
    this.#waiting = new Set(work.jobs.map(({ id }) => id));
  }

  async lead(): Promise<void> {
    await this.#adopt();
    this.#take();
    await this.#submit(this.#uncovered());
    while (!this.#isDone()) {
      this.#take();
      if (this.#isDone()) return;
      await this.#look();
      if (this.#isSettled()) {
        this.#take(); // what came in while the queue was asked
        await this.#submit([...this.#waiting]);
      }
      await this.#pause(this.#pace.resultsMs);
    }
  }

  /** Cancels what is left in the queue, unless it is to stay. Folders go once all results are there. */
  async leave(): Promise<void> {
    const { signal, leavesJobs = false } = this.#work;
    if (leavesJobs && signal?.aborted === true) return;
    const left = this.#arrays.filter((array) => array.isActive);
    for (const { submission } of left) await this.#scheduler.cancel(submission.id);
    if (this.#waiting.size > 0) await this.#waitForEnd(left);
    else for (const { submission } of this.#arrays) removeSubmission(submission);
  }

  #isDone(): boolean {
    return this.#waiting.size === 0 || this.#work.signal?.aborted === true;
  }

  #take(): void {
    for (const id of this.#work.take()) if (this.#waiting.delete(id)) this.#fruitless = 0;
  }

  /** Goes on with arrays of an earlier leader as far as they have what is missing; ends the others. */
  async #adopt(): Promise<void> {
    for (const submission of openSubmissions(this.#work.root)) {
      const array = new TrackedArray(submission);
      const isNeeded = (index: number): boolean =>
        submission.shards[index]?.some((id) => this.#waiting.has(id)) === true;
      await array.look(this.#scheduler);
      if (!array.isActive || !submission.shards.some((_, index) => isNeeded(index))) {
        if (array.isActive) await this.#scheduler.cancel(submission.id);
        removeSubmission(submission);
        continue;
      }
      const needless = array.tasks?.filter((task) => isActive(task) && !isNeeded(task.index)) ?? [];
      await this.#cancelTasks(
        array,
        needless.map(({ index }) => index),
      );
      this.#arrays.push(array);
    }
  }

  async #cancelTasks({ submission: { job } }: TrackedArray, indexes: readonly number[]): Promise<void> {
    if (job !== undefined && indexes.length > 0) await this.#scheduler.cancelTasks(job, indexes);
  }

  #uncovered(): readonly string[] {
    const covered = new Set(this.#arrays.flatMap((array) => array.covered));
    return [...this.#waiting].filter((id) => !covered.has(id));
  }

  async #look(): Promise<void> {
    const now = performance.now();
    if (now - this.#lastLook < this.#pace.queueMs) return;
    for (const array of this.#arrays) if (array.isActive) await array.look(this.#scheduler);
    this.#lastLook = performance.now();
    this.#tell();
    this.#work.onRunning?.(this.#arrays.flatMap((array) => array.running));
    this.#quietSince = this.#arrays.some((array) => array.isActive) ? undefined : (this.#quietSince ?? now);
    this.#checkLogs(now);
  }

  #tell(): void {
    this.#work.onTasks?.(this.#arrays.flatMap((array) => array.told));
  }

  /** @throws ArchonError ARCHON_FOLDER_NOT_SHARED */
  #checkLogs(now: number): void {
    const unseen = unseenTasks(this.#arrays, this.#waiting);
    const keys = unseen.map(({ array, task }) => `${array.submission.id} ${String(task.index)}`);
    for (const key of this.#unseen.keys()) if (!keys.includes(key)) this.#unseen.delete(key);
    for (const key of keys) if (!this.#unseen.has(key)) this.#unseen.set(key, now);
    const isLate = (since: number): boolean => now - since >= this.#pace.graceMs;
    if ([...this.#unseen.values()].some(isLate)) throw notShared(unseen);
  }

  /** Whether no task is left whose results might still come. */
  #isSettled(): boolean {
    const since = this.#quietSince;
    return since !== undefined && this.#unseen.size === 0 && performance.now() - since >= this.#pace.queueMs;
  }

  async #submit(ids: readonly string[]): Promise<void> {
    if (ids.length === 0 || this.#isDone()) return;
    const { name, root, jobs, settings, command, plan, encode } = this.#work;
    if (this.#fruitless === MOST_FRUITLESS) throw shardsLost(this.#arrays, this.#waiting, MOST_FRUITLESS);
    this.#fruitless += 1;
    const wanted = new Set(ids);
    const most = Math.min(settings.tasks ?? USUAL_TASKS, await this.#scheduler.mostTasks());
    const shards = plan(
      jobs.filter(({ id }) => wanted.has(id)),
      most,
    );
    const id = submissionId(name);
    const folder = resolve(root, id);
    writeShards(
      folder,
      shards.map((shard, index) => encode(shard, index, id)),
    );
    const submission = { id, folder, shards: shards.map((shard) => shard.map((job) => job.id)) };
    noteSubmission(submission);
    const script = join(submission.folder, 'job.sh');
    writeText(script, jobScript(command, submission.folder, settings.setup));
    const array = new TrackedArray(submission);
    await this.#endStuck();
    this.#arrays.push(array);
    const job = await this.#hand(array, script).catch(async (error: unknown) => {
      await this.#scheduler.cancel(id); // who answers with an error may have queued it
      this.#arrays.pop();
      removeSubmission(submission);
      throw error;
    });
    if (job !== undefined) array.note(job);
    this.#lastLook = -Infinity;
    this.#quietSince = undefined;
  }

  /** @returns the number of the job; nothing when the leader was stopped meanwhile */
  #hand(array: TrackedArray, script: string): Promise<string | undefined> {
    const { id: name, folder, shards } = array.submission;
    const { signal } = this.#work;
    return submitArray(
      this.#scheduler,
      { name, folder, script, tasks: shards.length },
      {
        pauseMs: this.#pace.queueMs,
        onTrouble: (words) => {
          array.words = words;
          this.#tell();
        },
        ...(signal === undefined ? {} : { signal }),
      },
    );
  }

  /** Tasks that Slurm holds since it could not start them would stay in the queue for ever. */
  async #endStuck(): Promise<void> {
    for (const array of this.#arrays) {
      const stuck = array.tasks?.filter((task) => phaseOf(task) === 'stuck') ?? [];
      await this.#cancelTasks(
        array,
        stuck.map(({ index }) => index),
      );
    }
  }

  async #waitForEnd(arrays: readonly TrackedArray[]): Promise<void> {
    const end = performance.now() + CLOSING_MS;
    while (performance.now() < end && arrays.some((array) => array.isActive)) {
      for (const array of arrays) if (array.isActive) await array.look(this.#scheduler);
      await delay(Math.min(200, this.#pace.resultsMs));
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#work;
    await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}
