import { hostname } from 'node:os';
import {
  ArchonError,
  later,
  PROGRESS_SCHEMA_VERSION,
  type EvaluationRecord,
  type PointCounts,
  type RunStatus,
  type SchedulerTask,
  type WorkerStatus,
} from '@archon-dse/core';
import { writeProgress } from '@archon-dse/store';
import type { Progress } from './progress.js';
import { RateMeter } from './rate-meter.js';

/** The file is replaced no oftener than this. */
const WRITE_MS = 1000;
/** And no more rarely, whatever happens, so that a leader that was killed on another machine is found. */
const SIGN_OF_LIFE_MS = 10_000;
/** Tasks in the file; all are counted. */
const MOST_TASKS = 100;
/** What a scheduler's task is when nothing is wrong with it. */
const NORMAL = new Set(['RUNNING', 'PENDING', 'COMPLETED', 'COMPLETING']);

/** Keeps `progress.json` of an out directory up to date while a run goes on. */
export class RunReporter {
  private readonly outDir: string;
  private readonly executor: RunStatus['executor'];
  private readonly startedAt = new Date().toISOString();
  private readonly workers = new Map<number, WorkerStatus>();
  private readonly rate = new RateMeter();
  /** From the first progress on: before it the directory may not be ours. */
  private timer: NodeJS.Timeout | undefined;
  private progress: Progress | undefined;
  private heardAt = 0;
  private tasks: RunStatus['tasks'];
  private evaluated = 0;
  private isNews = true;
  private writtenAt = -Infinity;

  constructor(outDir: string, executor: RunStatus['executor']) {
    this.outDir = outDir;
    this.executor = executor;
  }

  /** Tells how a run goes, and how it ended. */
  async follow<T extends { readonly interrupted: boolean }>(run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      this.end(result.interrupted ? 'interrupted' : 'done');
      return result;
    } catch (error) {
      this.end('failed', error);
      throw error;
    }
  }

  /** A point was evaluated. */
  count({ status, timing }: Pick<EvaluationRecord, 'status' | 'timing'>): void {
    const { done, failed } = this.workers.get(timing.worker) ?? { done: 0, failed: 0 };
    this.workers.set(timing.worker, {
      worker: timing.worker,
      done: done + 1,
      failed: failed + (status === 'failed' ? 1 : 0),
      lastMs: timing.wallMs,
    });
    this.evaluated += 1;
    this.hear();
  }

  update(progress: Progress): void {
    this.timer ??= setInterval(() => this.writeIfDue(), WRITE_MS).unref();
    this.progress = progress;
    this.heardAt = performance.now();
    this.hear();
  }

  /** What a scheduler says of its tasks. */
  hearTasks(tasks: readonly SchedulerTask[]): void {
    const counts: Record<string, number> = {};
    for (const { state } of tasks) counts[state] = (counts[state] ?? 0) + 1;
    const shown = [...tasks].sort((a, b) => Number(NORMAL.has(a.state)) - Number(NORMAL.has(b.state)));
    this.tasks = { counts, shown: shown.slice(0, MOST_TASKS) };
    this.hear();
  }

  private end(state: Exclude<RunStatus['state'], 'running'>, error?: unknown): void {
    clearInterval(this.timer);
    if (this.timer !== undefined) this.write(state, error);
  }

  private hear(): void {
    this.isNews = true;
    this.writeIfDue();
  }

  private writeIfDue(): void {
    if (this.timer === undefined) return;
    const sinceMs = performance.now() - this.writtenAt;
    if (sinceMs >= (this.isNews ? WRITE_MS : SIGN_OF_LIFE_MS)) this.write('running');
  }

  private write(state: RunStatus['state'], error?: unknown): void {
    const { tasks, executor, startedAt } = this;
    const nowMs = performance.now();
    const progress = this.progress && unchanged(this.progress, nowMs - this.heardAt);
    const ratePerS = this.rate.at(nowMs, this.evaluated);
    this.isNews = false;
    this.writtenAt = nowMs;
    writeProgress(this.outDir, {
      schemaVersion: PROGRESS_SCHEMA_VERSION,
      ...{ state, leader: { pid: process.pid, host: hostname() }, executor },
      ...(progress === undefined ? {} : { points: countsOf(progress) }),
      ...(ratePerS === undefined ? {} : { ratePerS }),
      workers: [...this.workers.values()].sort((a, b) => a.worker - b.worker),
      ...(tasks === undefined ? {} : { tasks }),
      stages: stagesOf(state, progress),
      ...(error === undefined ? {} : { error: whatEnded(error) }),
      ...{ startedAt, updatedAt: new Date().toISOString() },
    });
  }
}

/** The progress as it is after a while without news. */
function unchanged(progress: Progress, sinceMs: number): Progress {
  const stages = progress.stages.map((one) =>
    one.progress === undefined ? one : { ...one, progress: later(one.progress, sinceMs) },
  );
  return { ...later(progress, sinceMs), stages };
}

function countsOf({ done, total, refined, failed, skipped, elapsedMs, etaMs }: Progress): PointCounts {
  return {
    ...{ done, total, failed, skipped, elapsedMs },
    ...(refined === undefined ? {} : { refined }),
    ...(etaMs === undefined ? {} : { etaMs }),
  };
}

function stagesOf(state: RunStatus['state'], progress: Progress | undefined): RunStatus['stages'] {
  if (state !== 'running' || progress === undefined) return [];
  return progress.stages.map(({ point: { network, stages }, ...stage }) => ({ ...stage, point: { network, stages } }));
}

function whatEnded(error: unknown): NonNullable<RunStatus['error']> {
  const [first] = error instanceof ArchonError ? error.diagnostics : [];
  if (first === undefined) return { message: String(error) };
  const { code, message, hint } = first;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}
