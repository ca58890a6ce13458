import type { Diagnostic } from './diagnostic.js';
import type { StageProgress } from './stage.js';
import type { Point } from './sweep.js';

/** A task of a scheduler that evaluates points, as the scheduler tells it: advice, since only result files count. */
export interface SchedulerTask {
  /** As the scheduler's own commands take it, e.g. `4711_3`. */
  readonly id: string;
  /** In the scheduler's words, e.g. `PENDING`. */
  readonly state: string;
  /** Why it waits or ended, in the scheduler's words. */
  readonly reason?: string;
  /** The machine it runs on. */
  readonly node?: string;
}

/** A worker thread, numbered as in the timing of records. */
export interface WorkerStatus {
  readonly worker: number;
  /** Points it has evaluated in this run, and those of them that failed. */
  readonly done: number;
  readonly failed: number;
  /** What its last point took, in ms. */
  readonly lastMs: number;
}

/** A stage under way in a run; of its point what names the stage. */
export interface StageStatus {
  readonly pointId: string;
  readonly point: Pick<Point, 'network' | 'stages'>;
  readonly stage: string;
  readonly progress?: StageProgress;
}

/** How many points of a sweep are done; see `Progress` of the runner for each figure. */
export interface PointCounts {
  readonly done: number;
  readonly total: number;
  readonly refined?: { readonly done: number; readonly total: number };
  readonly failed: number;
  readonly skipped: number;
  readonly elapsedMs: number;
  readonly etaMs?: number;
}

/** Points done of all, over both steps. */
export function overBothSteps({
  done,
  total,
  refined,
}: Pick<PointCounts, 'done' | 'total' | 'refined'>): readonly [done: number, total: number] {
  return [done + (refined?.done ?? 0), total + (refined?.total ?? 0)];
}

/** What was told so long ago: the clock has gone on since, though nothing else has. */
export function later<T extends { readonly elapsedMs?: number; readonly etaMs?: number }>(told: T, sinceMs: number): T {
  const { elapsedMs, etaMs } = told;
  return {
    ...told,
    ...(elapsedMs === undefined ? {} : { elapsedMs: elapsedMs + sinceMs }),
    ...(etaMs === undefined ? {} : { etaMs: Math.max(0, etaMs - sinceMs) }),
  };
}

/** Version of `progress.json`; a reader takes files of another version for none. */
export const PROGRESS_SCHEMA_VERSION = 1;

/** What a run tells other processes about itself while it goes on, and as its last word: `progress.json` of its out directory. */
export interface RunStatus {
  readonly schemaVersion: typeof PROGRESS_SCHEMA_VERSION;
  /** `running` until the run has told its end. */
  readonly state: 'running' | 'done' | 'interrupted' | 'failed';
  /** Process that leads the run. */
  readonly leader: { readonly pid: number; readonly host: string };
  readonly executor: { readonly kind: string; readonly workers?: number };
  /** Absent until the points are known. */
  readonly points?: PointCounts;
  /** Points evaluated per second, over the last half minute; absent before the first. */
  readonly ratePerS?: number;
  readonly workers: readonly WorkerStatus[];
  /** Tasks by state, and some of them, those that do not run or wait in the normal way first; absent without a scheduler. */
  readonly tasks?: { readonly counts: Readonly<Record<string, number>>; readonly shown: readonly SchedulerTask[] };
  readonly stages: readonly StageStatus[];
  /** What ended a run that failed. */
  readonly error?: Pick<Diagnostic, 'message' | 'hint'> & Partial<Pick<Diagnostic, 'code'>>;
  /** Times are ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly updatedAt: string;
}
