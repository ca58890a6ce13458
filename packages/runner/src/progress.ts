/** How far a sweep is; the engine reports it, the CLI draws it. */
export interface Progress {
  /** Points with a record, those of earlier runs included. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Points not evaluated because an earlier run had. */
  readonly skipped: number;
  readonly elapsedMs: number;
  /** Rest of the time at the mean pace of this run; absent before its first point. */
  readonly etaMs?: number;
}

/** Counts points and tells the progress after each. */
export class ProgressMeter {
  private readonly total: number;
  private readonly skipped: number;
  private done: number;
  private failed: number;
  private readonly start = performance.now();

  constructor(total: number, skipped: number, failedBefore: number) {
    this.total = total;
    this.skipped = skipped;
    this.done = skipped;
    this.failed = failedBefore;
  }

  count(failed: boolean): Progress {
    this.done += 1;
    if (failed) this.failed += 1;
    return this.now();
  }

  now(): Progress {
    const { done, total, failed, skipped } = this;
    const elapsedMs = Math.round(performance.now() - this.start);
    const evaluated = done - skipped;
    const eta = evaluated === 0 ? {} : { etaMs: Math.round((elapsedMs / evaluated) * (total - done)) };
    return { done, total, failed, skipped, elapsedMs, ...eta };
  }
}
