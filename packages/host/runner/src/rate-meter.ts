const WINDOW_MS = 30_000;

/** How fast a count grows, over the last half minute. */
export class RateMeter {
  private samples: { readonly atMs: number; readonly count: number }[] = [];

  /** @returns counts per second; nothing before the count has grown */
  at(atMs: number, count: number): number | undefined {
    // The last sample before the window stays: it is where the window begins.
    const begin = this.samples.filter((sample) => atMs - sample.atMs >= WINDOW_MS).length - 1;
    this.samples = [...this.samples.slice(Math.max(0, begin)), { atMs, count }];
    const [first] = this.samples;
    if (first === undefined || count === first.count || atMs === first.atMs) return undefined;
    return (1000 * (count - first.count)) / (atMs - first.atMs);
  }
}
