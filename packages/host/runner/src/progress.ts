import type { Point, RecordHead, StageProgress } from '@archon-dse/core';
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
  /** Points with a record, those of earlier runs included; of the first step where there are two. */
  readonly done: number;
  readonly total: number;
  /** The second step; until it begins, when the first is done, its total is a forecast. */
  readonly refined?: { readonly done: number; readonly total: number };
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

type StepCounts = Pick<Progress, 'total' | 'skipped' | 'failed'>;

/**
 * Counts points as they come, one or many, and tells the progress after that and after each step of a training. Points that are the first of their chain of
 * stages wait for its trainings, and those of a second step are others altogether; each kind has a pace of its own, so that it does not
 * spoil the estimate for the others.
 */
export class ProgressMeter {
  private readonly stages = new Map<string, RunningStage>();
  private readonly paces: Readonly<Record<'first' | 'other' | 'refined', Pace>>;
  private readonly forecast: ((done: number) => number) | undefined;
  /** Chains of stages so far, and the points that are the first of theirs. */
  private readonly chains = new Set<string>();
  private readonly firsts = new Set<string>();
  private readonly start = performance.now();
  private total: number;
  private done: number;
  private skipped: number;
  private failed: number;
  private refined: { readonly done: number; readonly total: number } | undefined;
  private isRefining = false;

  /** @param forecast - how many points a second step will have, as far as so many of the first tell; absent without a second step */
  constructor({ total, skipped, failed }: StepCounts, missing: readonly Job[], forecast?: (done: number) => number) {
    this.forecast = forecast;
    this.total = total;
    this.done = skipped;
    this.skipped = skipped;
    this.failed = failed;
    const pace = (): Pace => ({ left: 0, done: 0, wallMs: 0 });
    this.paces = { first: pace(), other: pace(), refined: pace() };
    this.expect(missing);
    this.lookAhead();
  }

  private lookAhead(): void {
    const total = this.forecast?.(this.done);
    if (total === undefined) return;
    this.refined = { done: 0, total };
    this.paces.refined.left = total;
  }

  /** Further points of the first step begin, of which nobody knew before. */
  goOn({ skipped, failed }: StepCounts, missing: readonly Job[]): Progress {
    this.done += skipped;
    this.skipped += skipped;
    this.failed += failed;
    this.expect(missing);
    this.lookAhead();
    return this.now();
  }

  /** No further points of the first step come, though there might have been. */
  settle(): Progress {
    this.total = this.done;
    [this.paces.first.left, this.paces.other.left] = [0, 0];
    return this.now();
  }

  /** Points of chains that no earlier point had wait for their trainings; all that are not known yet count as the others. */
  private expect(missing: readonly Job[]): void {
    const staged = missing.filter(({ point }) => point.stages.length > 0).reverse();
    const firsts = [...new Map(staged.map(({ id, point }) => [chainKey(point), id]))];
    for (const [chain, id] of firsts) {
      if (this.chains.has(chain)) continue;
      this.chains.add(chain);
      this.firsts.add(id);
      this.paces.first.left += 1;
    }
    this.paces.other.left = this.total - this.done - this.paces.first.left;
  }

  /** The second step begins. */
  refine({ total, skipped, failed }: StepCounts): Progress {
    this.isRefining = true;
    this.refined = { done: skipped, total };
    this.paces.refined.left = total - skipped;
    this.skipped += skipped;
    this.failed += failed;
    return this.now();
  }

  count(records: readonly RecordHead[]): Progress {
    for (const record of records) this.countOne(record);
    if (this.refined !== undefined && this.isRefining) {
      this.refined = { ...this.refined, done: this.refined.done + records.length };
    } else {
      this.done += records.length;
      this.lookAhead();
    }
    return this.now();
  }

  private countOne({ pointId, status, timing }: RecordHead): void {
    this.stages.delete(pointId);
    if (status === 'failed') this.failed += 1;
    const pace = this.paces[this.isRefining ? 'refined' : this.firsts.has(pointId) ? 'first' : 'other'];
    pace.left -= 1;
    pace.done += 1;
    pace.wallMs += timing.wallMs;
  }

  watch({ id, point }: Job, { stage, progress }: StageEvent): Progress {
    this.stages.set(id, { pointId: id, point, stage, ...(progress === undefined ? {} : { progress }) });
    return this.now();
  }

  now(): Progress {
    const { total, done, skipped, failed, refined } = this;
    const elapsedMs = Math.round(performance.now() - this.start);
    const stages = [...this.stages.values()];
    const etaMs = this.etaMs(elapsedMs, stages);
    return {
      ...{ done, total, ...(refined === undefined ? {} : { refined }) },
      ...{ skipped, failed, elapsedMs, ...(etaMs === undefined ? {} : { etaMs }), stages },
    };
  }

  /** Work left as a multiple of the work done in the time so far; a kind of which none is done is taken to be like the others. */
  private etaMs(elapsedMs: number, stages: readonly RunningStage[]): number | undefined {
    const paces = Object.values(this.paces);
    const sum = (of: (pace: Pace) => number): number => paces.reduce((total, pace) => total + of(pace), 0);
    const [evaluated, doneMs] = [sum(({ done }) => done), sum(({ wallMs }) => wallMs)];
    if (evaluated === 0) return undefined;
    const mean = ({ done, wallMs }: Pace): number => (done === 0 ? doneMs / evaluated : wallMs / done);
    const leftMs = sum((pace) => pace.left * mean(pace));
    const training = Math.max(0, ...stages.map(({ progress }) => progress?.etaMs ?? 0));
    const byCount = (elapsedMs / evaluated) * sum(({ left }) => left);
    return Math.round(Math.max(training, doneMs === 0 ? byCount : (elapsedMs * leftMs) / doneMs));
  }
}
