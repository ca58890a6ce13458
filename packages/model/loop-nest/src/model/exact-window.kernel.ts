import type { Extents, Geometry } from './geometry.kernel.js';
import { WindowOverlap } from './overlap.kernel.js';
import { P, Q, R, S } from './places.js';
import type { Problem } from './problem.js';
import type { InputWindow } from './window.kernel.js';

/**
 * Words fetched into one tile of Inputs by a walk of the temporal loops around it: at each step those that the tile did not hold the
 * step before. Only loops over sliding or irrelevant dimensions may be added.
 *
 * When a loop moves on, all loops inside it go from their last iteration to their first. So the tile moves by one step of the loop less
 * the whole way of those inside, each time the same, and the words of n loops follow from those of n - 1: b times theirs and b - 1 such moves.
 */
export class ExactWindow implements InputWindow {
  private readonly rowOverlap: WindowOverlap;
  private readonly columnOverlap: WindowOverlap;
  private p = 1;
  private r = 1;
  private q = 1;
  private s = 1;
  private tile = 0;
  private height = 1;
  private width = 1;
  private rowWay = 0;
  private columnWay = 0;
  private refetched = 0;

  constructor({ strideP, strideQ, dilationR = 1, dilationS = 1 }: Problem) {
    this.rowOverlap = new WindowOverlap(strideP, dilationR);
    this.columnOverlap = new WindowOverlap(strideQ, dilationS);
  }

  start(geometry: Geometry, extents: Extents): void {
    this.tile = geometry.inputs(extents);
    this.height = geometry.rows(extents);
    this.width = geometry.columns(extents);
    this.p = extents[P]!;
    this.r = extents[R]!;
    this.q = extents[Q]!;
    this.s = extents[S]!;
    this.rowWay = 0;
    this.columnWay = 0;
    this.refetched = 0;
  }

  add(bound: number, rowStep: number, columnStep: number): void {
    const words = this.tile - this.kept(rowStep - this.rowWay, columnStep - this.columnWay);
    this.rowWay += (bound - 1) * rowStep;
    this.columnWay += (bound - 1) * columnStep;
    this.refetched = bound * this.refetched + (bound - 1) * words;
  }

  get words(): number {
    return this.tile + this.refetched;
  }

  /** Words of the tile that it held before it moved. */
  private kept(down: number, across: number): number {
    const { p, r, q, s } = this;
    const rows = down === 0 ? this.height : this.rowOverlap.shared(p, r, p, r, down);
    if (rows === 0) return 0;
    const columns = across === 0 ? this.width : this.columnOverlap.shared(q, s, q, s, across);
    return (this.tile / (this.height * this.width)) * rows * columns;
  }
}
