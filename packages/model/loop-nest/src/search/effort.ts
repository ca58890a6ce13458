/** How long a search may take, and who hears of it. */
export interface EffortOptions {
  /**
   * When to stop with the best mapping so far: after so many partial and whole mappings bounded, which gives the same answer everywhere,
   * or after so many seconds by `clock`, which does not.
   */
  readonly budget?: { readonly evaluations?: number; readonly seconds?: number };
  /** Milliseconds since any moment, such as `performance.now`; a budget in seconds needs it, since this package has no clock of its own. */
  readonly clock?: () => number;
  /** Looked at every few thousand mappings; an AbortSignal will do. */
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Whole mappings priced, partial and whole ones bounded, and partial ones left with all that is inside them. */
  readonly evaluated: number;
  readonly considered: number;
  readonly pruned: number;
  /** Share of the spatial splits that are done, 0 to 1. Those left may all be dismissed by their bounds. */
  readonly splitsDone: number;
}

const CHECK_EVERY = 4096;

/** Counts what a search does and says when it has to stop. */
export class Effort {
  evaluated = 0;
  considered = 0;
  pruned = 0;
  splitsDone = 0;
  stopped = false;
  /** Whether only a slice is at its end. */
  private sliced = false;
  private sliceEnd = Infinity;
  private readonly options: EffortOptions;
  private readonly most: number;
  private readonly end: number;
  private nextCheck: number;

  /** @throws RangeError for a budget in seconds without a clock */
  constructor(options: EffortOptions) {
    const { evaluations = Infinity, seconds } = options.budget ?? {};
    if (seconds !== undefined && options.clock === undefined) throw new RangeError('a budget in seconds needs a clock');
    this.options = options;
    this.most = evaluations;
    this.end = seconds === undefined ? Infinity : (options.clock?.() ?? 0) + 1000 * seconds;
    this.nextCheck = Math.min(CHECK_EVERY, this.most);
  }

  /** Counts a mapping that is bounded. */
  step(): void {
    if (++this.considered >= this.nextCheck) this.check();
  }

  /** Stops after so many mappings more, until the next slice; false once the effort is at its end. */
  slice(mappings: number): boolean {
    if (this.sliced) this.stopped = false;
    this.sliced = false;
    this.sliceEnd = this.considered + mappings;
    this.nextCheck = Math.min(this.nextCheck, this.sliceEnd);
    return !this.stopped;
  }

  private check(): void {
    const { signal, clock, onProgress } = this.options;
    this.nextCheck = Math.min(this.considered + CHECK_EVERY, this.most);
    const { evaluated, considered, pruned, splitsDone } = this;
    onProgress?.({ evaluated, considered, pruned, splitsDone });
    this.stopped ||= considered >= this.most || signal?.aborted === true;
    if (this.end !== Infinity) this.stopped ||= (clock?.() ?? 0) >= this.end;
    if (this.stopped || considered < this.sliceEnd) return;
    this.stopped = true;
    this.sliced = true;
  }
}
