import type { Extents, Geometry } from './geometry.kernel.js';

/** Counts the words fetched into one tile of Inputs while the temporal loops around it run: loops are added from the innermost one outward. */
export interface InputWindow {
  /** Starts with a tile of these extents. */
  start(geometry: Geometry, extents: Extents): void;
  /** Adds the next loop outward: how far one iteration moves the tile along rows and columns. */
  add(bound: number, rowStep: number, columnStep: number): void;
  /** Words fetched in all. */
  readonly words: number;
}

/** The way a tile moved: not at all or out of reach of the last one, or by an overlapping step along rows or columns. */
const NO_WAY = 0;
const ROWS = 1;
const COLUMNS = 2;

/**
 * Words fetched into one tile of Inputs while the temporal loops around it run, when kernels make neighbouring tiles overlap. Loops are
 * added from the innermost one outward; only those over sliding or irrelevant dimensions may be.
 *
 * Timeloop looks at every loop at its first two iterations only; iteration 1 stands for all later ones. A tile that moved along
 * one axis and overlaps the previous one fetches the new slab, as long as it keeps moving the way it did last; any other move
 * fetches the whole tile, and that, like standing still, forgets the way.
 *
 * Walking those 2^n points is not needed, for the way remembered when a loop moves on is always the one its innermost loop left:
 * - when that one fetches slabs along D, every run through it ends with D, so an outer loop fetches a slab if it moves along D
 *   as well, and is refused and forgets D otherwise; either way the innermost loop then starts over with slabs along D;
 * - when it stands still or jumps, nothing is remembered and every overlap counts.
 * So each loop has one price a step, and the words of n loops follow from those of n - 1: b times theirs and b - 1 steps.
 *
 * @source rule inferred from the published outputs of Timeloop (fusion-timeloop-model, commit ab4a7ef) and its logs
 */
export class SlidingFills implements InputWindow {
  private tile = 0;
  private height = 1;
  private width = 1;
  private down = 0;
  private across = 0;
  private loops = 0;
  private innermostWay = NO_WAY;
  private refetched = 0;

  /** Starts with a tile of these extents. */
  start(geometry: Geometry, extents: Extents): void {
    this.tile = geometry.inputs(extents);
    this.height = geometry.rows(extents);
    this.width = geometry.columns(extents);
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
