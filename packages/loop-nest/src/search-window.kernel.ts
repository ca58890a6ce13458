/** The way a tile moved: not at all or out of reach of the last one, or by an overlapping step along rows or columns. */
const NO_WAY = 0;
const ROWS = 1;
const COLUMNS = 2;

/**
 * Words fetched into one tile of Inputs by loops added from the innermost one outward: the rule of `windowFills` in `window.kernel.ts`, for
 * a nest that grows from the other end. Only loops over sliding or irrelevant dimensions may be added.
 */
export class SlidingFills {
  private tile = 0;
  private height = 1;
  private width = 1;
  private down = 0;
  private across = 0;
  private loops = 0;
  private innermostWay = NO_WAY;
  private refetched = 0;

  /** Starts with a tile of `tile` words that spans `height` x `width` positions of the input plane. */
  start(tile: number, height: number, width: number): void {
    this.tile = tile;
    this.height = height;
    this.width = width;
    this.down = 0;
    this.across = 0;
    this.loops = 0;
    this.refetched = 0;
  }

  /** Adds the next loop outward: how far one iteration moves the tile along rows and columns. */
  add(bound: number, rowStep: number, columnStep: number): void {
    const down = rowStep - this.down;
    const across = columnStep - this.across;
    this.down += rowStep;
    this.across += columnStep;
    const way = this.wayOf(down, across);
    if (this.loops++ === 0) this.innermostWay = way;
    let words = this.tile;
    if (down === 0 && across === 0) words = 0;
    else if (way !== NO_WAY && (this.innermostWay === NO_WAY || this.innermostWay === way)) {
      words = across === 0 ? (this.tile / this.height) * Math.abs(down) : (this.tile / this.width) * Math.abs(across);
    }
    this.refetched = bound * this.refetched + (bound - 1) * words;
  }

  /** Words fetched in all. */
  get words(): number {
    return this.tile + this.refetched;
  }

  private wayOf(down: number, across: number): number {
    if (across === 0 && down !== 0 && Math.abs(down) < this.height) return down > 0 ? ROWS : -ROWS;
    if (down === 0 && across !== 0 && Math.abs(across) < this.width) return across > 0 ? COLUMNS : -COLUMNS;
    return NO_WAY;
  }
}
