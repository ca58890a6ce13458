/** Rows of one height in a box that scrolls. */
export interface Scrolled {
  readonly topPx: number;
  readonly heightPx: number;
  readonly rowPx: number;
  readonly count: number;
}

/** Rows drawn above and below those in sight, so that a little scrolling shows no gap. */
const BEYOND = 12;
/** Rows by which what is drawn moves on: fewer drawings while scrolling. */
const STEP = 6;

/** First row to draw, and the one after the last. */
export function rowsInSight({ topPx, heightPx, rowPx, count }: Scrolled): readonly [start: number, end: number] {
  const first = Math.floor(topPx / rowPx / STEP) * STEP;
  const last = first + STEP + Math.ceil(heightPx / rowPx);
  const end = Math.min(count, last + BEYOND);
  return [Math.max(0, Math.min(first - BEYOND, end)), end];
}
