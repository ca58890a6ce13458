import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '@archon-dse/engine';
import { onTestFinished } from 'vitest';
import type { ArrayJob } from './sbatch-options.js';
import type { Look } from './queue.js';
import type { Pace } from './run-arrays.js';
import type { Scheduler } from './scheduler.js';
import type { Task } from './task-state.js';

/** Fast enough for tests; what is waited for is counted in looks. */
export const PACE: Pace = { resultsMs: 1, queueMs: 2, graceMs: 40 };

export function jobs(count: number, stages: Job['point']['stages'] = []): readonly Job[] {
  const choice = { use: 'a', options: {} };
  return Array.from({ length: count }, (_, index) => ({
    id: `p${String(index)}`,
    point: { network: choice, stages, accelerator: { use: 'b', options: { index } }, seed: 1 },
  }));
}

/** A folder that is removed after the test. */
export function tempDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'archon-slurm-unit-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** What becomes of a task each time the queue is looked at; the last goes on. */
export type Fate = readonly Partial<Task>[];

interface Queued {
  readonly job: string;
  readonly array: ArrayJob;
  looks: number;
  readonly cancelled: Set<number>;
}

/** A scheduler whose tasks fare as a test says. A task that has state COMPLETED has its results from then on. */
export class FakeScheduler implements Scheduler {
  readonly queued: Queued[] = [];
  readonly calls: string[] = [];
  mostInArray = 1001;
  /** What the next looks say in place of an answer. */
  silence: string[] = [];
  /** What the next submits say; `queued` has the queue list the job all the same. */
  refusals: { readonly words: string; readonly isTaken?: true; readonly queued?: boolean }[] = [];
  /** Whether tasks write a log. */
  writesLogs = true;
  /** By number of the array, counted from 0, and of the task. */
  readonly fate: (array: number, task: number) => Fate;
  readonly onCompleted: (array: ArrayJob, task: number) => void;

  constructor(fate: FakeScheduler['fate'], onCompleted: FakeScheduler['onCompleted']) {
    this.fate = fate;
    this.onCompleted = onCompleted;
  }

  submit(array: ArrayJob): ReturnType<Scheduler['submit']> {
    this.calls.push(`submit ${String(array.tasks)}`);
    const refusal = this.refusals.shift();
    const job = String(this.queued.length + 1);
    if (refusal === undefined || refusal.queued === true) {
      this.queued.push({ job, array, looks: 0, cancelled: new Set() });
    }
    return Promise.resolve(refusal ?? { job });
  }

  lookUp(name: string): Promise<Look> {
    const words = this.silence.shift();
    if (words !== undefined) return Promise.resolve({ words });
    const at = this.queued.findIndex(({ array }) => array.name === name);
    const queued = this.queued[at];
    if (queued === undefined) return Promise.resolve('none');
    const tasks = Array.from({ length: queued.array.tasks }, (_, index) => this.taskOf(queued, at, index));
    queued.looks += 1;
    return Promise.resolve({ job: queued.job, tasks });
  }

  cancel(name: string): Promise<void> {
    this.calls.push('cancel');
    const queued = this.queued.find(({ array }) => array.name === name);
    for (let index = 0; index < (queued?.array.tasks ?? 0); index++) queued?.cancelled.add(index);
    return Promise.resolve();
  }

  cancelTasks(job: string, tasks: readonly number[]): Promise<void> {
    this.calls.push(`cancel ${job}_${tasks.join(',')}`);
    for (const task of tasks) this.queued.find((one) => one.job === job)?.cancelled.add(task);
    return Promise.resolve();
  }

  mostTasks(): Promise<number> {
    return Promise.resolve(this.mostInArray);
  }

  /** Has the controller lose a job. */
  forget(at: number): void {
    this.queued.splice(at, 1);
  }

  private taskOf(queued: Queued, at: number, index: number): Task {
    const fate = this.fate(at, index);
    const now = { index, state: 'RUNNING', reason: '', node: 'n1', ...fate[Math.min(queued.looks, fate.length - 1)] };
    if (queued.cancelled.has(index)) return { ...now, state: 'CANCELLED' };
    if (this.writesLogs && now.state !== 'PENDING') {
      writeFileSync(join(queued.array.folder, `${String(index)}.log`), `log of ${String(index)}\n`);
    }
    if (now.state === 'COMPLETED') this.onCompleted(queued.array, index);
    return now;
  }
}
