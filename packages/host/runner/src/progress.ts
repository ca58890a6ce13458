import type { EvaluationRecord, Point, StageProgress } from '@archon-dse/core';
import { chainKey, type Job, type StageEvent } from '@archon-dse/engine';

/** A stage under way. */
export interface RunningStage {
  readonly pointId: string;
  readonly point: Point;
  readonly stage: string;
  /** Absent until the stage tells it, which not all do. */
  readonly progress?: StageProgress;
}

/** How far a sweep is; the engine reports it, the CLI draws it. */
export interface Progress {
  /** Points with a record, those of earlier runs included. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Points not evaluated because an earlier run had. */
  readonly skipped: number;
  readonly elapsedMs: number;
  /** Rest of the time at the pace of this run's evaluations, and no less than the trainings under way need; absent before its first point. */
  readonly etaMs?: number;
  /** In the order they began. */
  readonly stages: readonly RunningStage[];
}

/** Evaluations of one kind: how many have to be made, and what those made have taken. */
interface Pace {
  left: number;
  done: number;
  wallMs: number;
}

/**
 * Counts points and tells the progress after each, and after each step of a training. Points that are the first of their chain of
 * stages wait for its trainings; they have a pace of their own, so that they do not spoil the estimate for all others.
 */
export class ProgressMeter {
  private readonly counts: Pick<Progress, 'total' | 'skipped'>;
  private readonly stages = new Map<string, RunningStage>();
  private readonly paces: Readonly<Record<'first' | 'other', Pace>>;
  private readonly firsts: ReadonlySet<string>;
  private readonly start = performance.now();
  private evaluated = 0;
  private failed: number;

  constructor(counts: Pick<Progress, 'total' | 'skipped' | 'failed'>, missing: readonly Job[]) {
    this.counts = counts;
    this.failed = counts.failed;
    const staged = missing.filter(({ point }) => point.stages.length > 0).reverse();
    this.firsts = new Set(new Map(staged.map(({ id, point }) => [chainKey(point), id])).values());
    const pace = (left: number): Pace => ({ left, done: 0, wallMs: 0 });
    this.paces = { first: pace(this.firsts.size), other: pace(missing.length - this.firsts.size) };
  }

  count({ pointId, status, timing }: EvaluationRecord): Progress {
    this.stages.delete(pointId);
    this.evaluated += 1;
    if (status === 'failed') this.failed += 1;
    const pace = this.paces[this.firsts.has(pointId) ? 'first' : 'other'];
    pace.left -= 1;
    pace.done += 1;
    pace.wallMs += timing.wallMs;
    return this.now();
  }

  watch({ id, point }: Job, { stage, progress }: StageEvent): Progress {
    this.stages.set(id, { pointId: id, point, stage, ...(progress === undefined ? {} : { progress }) });
    return this.now();
  }

  now(): Progress {
    const { total, skipped } = this.counts;
    const elapsedMs = Math.round(performance.now() - this.start);
    const stages = [...this.stages.values()];
    const etaMs = this.evaluated === 0 ? undefined : this.etaMs(elapsedMs, stages);
    const done = skipped + this.evaluated;
    return { done, total, skipped, failed: this.failed, elapsedMs, ...(etaMs === undefined ? {} : { etaMs }), stages };
  }

  /** Work left as a multiple of the work done in the time so far; a kind of which none is done is taken to be like the other. */
  private etaMs(elapsedMs: number, stages: readonly RunningStage[]): number {
    const { first, other } = this.paces;
    const doneMs = first.wallMs + other.wallMs;
    const mean = ({ done, wallMs }: Pace): number => (done === 0 ? doneMs / (first.done + other.done) : wallMs / done);
    const leftMs = first.left * mean(first) + other.left * mean(other);
    const training = Math.max(0, ...stages.map(({ progress }) => progress?.etaMs ?? 0));
    const byCount = (elapsedMs / this.evaluated) * (first.left + other.left);
    return Math.round(Math.max(training, doneMs === 0 ? byCount : (elapsedMs * leftMs) / doneMs));
  }
}
