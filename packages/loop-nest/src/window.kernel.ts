/**
 * Words fetched into one tile of Inputs while the temporal loops around it run, when kernels make neighbouring tiles overlap.
 *
 * Timeloop looks at every loop at its first two iterations only; iteration 1 stands for all later ones. A tile that moved along
 * one axis and overlaps the previous one fetches the new slab, as long as it keeps moving the way it did last; any other move
 * fetches the whole tile. Walking those 2^n points is not needed: what a sub-nest costs depends on the outside only through the
 * direction it is entered with, and there are five of them, so the cost and the direction it is left with are kept for each
 * while the loops are added from the innermost one outward.
 *
 * @source rule inferred from the published outputs of Timeloop (fusion-timeloop-model, commit ab4a7ef) and its logs
 */
export class WindowFills {
  /** Directions: 0 none, 1 and 2 up and down along rows (P, R), 3 and 4 along columns (Q, S). */
  private readonly cost = new Float64Array(5);
  private readonly exit = new Uint8Array(5);
  private tile = 0;
  private height = 0;
  private width = 0;
  private rows = 0;
  private columns = 0;

  /** Starts with a tile of `tile` words that spans `height` x `width` positions of the input plane. */
  start(tile: number, height: number, width: number): void {
    this.tile = tile;
    this.height = height;
    this.width = width;
    this.rows = 0;
    this.columns = 0;
    for (let d = 0; d < 5; d++) {
      this.cost[d] = 0;
      this.exit[d] = d;
    }
  }

  /** Adds the next loop outward: how far one iteration moves the tile along rows and columns. */
  add(bound: number, rowStep: number, columnStep: number): void {
    const rows = rowStep - this.rows;
    const columns = columnStep - this.columns;
    this.rows += rowStep;
    this.columns += columnStep;
    const again = bound - 1;
    if (rows !== 0 && columns !== 0) this.jump(again, this.tile);
    else if (rows !== 0) this.shift(again, rows, this.height, rows > 0 ? 1 : 2);
    else if (columns !== 0) this.shift(again, columns, this.width, columns > 0 ? 3 : 4);
    else this.jump(again, 0);
  }

  /** Words fetched in all. */
  get words(): number {
    return this.tile + this.cost[0]!;
  }

  /** Every repetition fetches `words` and forgets the direction. */
  private jump(again: number, words: number): void {
    const { cost, exit } = this;
    const more = again * (words + cost[0]!);
    const left = exit[0]!;
    for (let d = 0; d < 5; d++) {
      cost[d]! += more;
      exit[d] = left;
    }
  }

  /** Every repetition moves by `distance` along one axis. */
  private shift(again: number, distance: number, extent: number, direction: number): void {
    const size = Math.abs(distance);
    if (size >= extent) return this.jump(again, this.tile);
    const { cost, exit } = this;
    const slab = again * ((this.tile / extent) * size + cost[direction]!);
    const full = again * (this.tile + cost[0]!);
    const leftSlab = exit[direction]!;
    const leftFull = exit[0]!;
    for (let d = 0; d < 5; d++) {
      const before = exit[d]!;
      const keeps = before === 0 || before === direction;
      cost[d]! += keeps ? slab : full;
      exit[d] = keeps ? leftSlab : leftFull;
    }
  }
}
