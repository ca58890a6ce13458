import type { Nest } from '../model/nest.kernel.js';
import { G, N, P, Q, R, S } from '../model/places.js';
import type { Problem } from '../model/problem.js';
import { relevanceOf } from '../model/relevance.js';

/** What the loops still to be chosen outside a tile of Inputs may do, by the split alone. */
export interface InputOutlook {
  /** Whether the kernel positions of an instance along rows (columns) follow each other: no spatial loop of R (S) lies outside it. */
  readonly rowsContiguous: boolean;
  readonly columnsContiguous: boolean;
  /** Most words of Inputs the level can hold. */
  readonly room: number;
}

/**
 * The least words a growing nest fetches into a tile of Inputs, however the loops still missing are chosen.
 *
 * **Every word is fetched.** Between two jumps the fills are at least the words of the union of all tiles. This holds for the rule of
 * two iterations too. Let `fetched(n)` count what the innermost n loops cost after the first tile, and `union(n)` the words their tiles
 * cover. Each further step of loop n + 1 repeats `fetched(n)` and adds the price of the step. A price below the whole tile is that of the
 * slab between the tile after the step and the tile where every loop inside stands at iteration 1, which the union holds. So a step adds at
 * most `price + union(n) - tile <= price + fetched(n)` words to the union, and by induction `tile + fetched(n) >= union(n)`.
 *
 * The union holds at least the positions the iterations themselves touch. Along a rank with n places of the window, any strides apart, and
 * k positions of the kernel, those are n + k - 1 or more (the least size of a sum of two sets of integers), and k + (n - 1) min(stride, k) or
 * more if the positions of the kernel follow each other.
 *
 * **A loop of b iterations repeats what no tile can keep.** It adds b - 1 times `fetched(n)`, at least the words inside less one tile, and a
 * tile is no larger than its room.
 *
 * **What jumps.** If the room is too small for all of the dimensions that jump, one of their loops is still to come, and every loop chosen
 * so far lies outside it.
 */
export class InputBounds {
  private readonly nest: Nest;
  private readonly jumps: number;

  constructor(problem: Problem, nest: Nest) {
    this.nest = nest;
    this.jumps = relevanceOf(problem).jumps;
  }

  /** Least fills of a tile that must cover, with the loops still missing, the extents of the nest. */
  least({ rowsContiguous, columnsContiguous, room }: InputOutlook): number {
    const { nest, jumps } = this;
    const { geometry, extent } = nest;
    const channels = extent[G]! * extent[N]! * extent[geometry.channel]!;
    let [p, r, q, s] = [extent[P]!, extent[R]!, extent[Q]!, extent[S]!];
    let rows = this.touched(p, P, r, R, rowsContiguous);
    let columns = this.touched(q, Q, s, S, columnsContiguous);
    let words = channels * rows * columns;
    if (channels * ((jumps >> P) & 1 ? rows : 1) * ((jumps >> Q) & 1 ? columns : 1) > room) return words * nest.cycles;
    let k = nest.count - 1;
    for (; k >= 0; k--) {
      const dim = nest.dim[k]!;
      if ((jumps >> dim) & 1) break;
      const bound = nest.bound[k]!;
      if (words > room) words += (bound - 1) * (words - room);
      if (dim === P || dim === R) {
        if (dim === P) p *= bound;
        else r *= bound;
        rows = this.touched(p, P, r, R, rowsContiguous);
      } else if (dim === Q || dim === S) {
        if (dim === Q) q *= bound;
        else s *= bound;
        columns = this.touched(q, Q, s, S, columnsContiguous);
      } else continue;
      words = Math.max(words, channels * rows * columns);
    }
    return k < 0 ? words : words * nest.product[k]!;
  }

  private touched(places: number, dim: number, kernel: number, kernelDim: number, contiguous: boolean): number {
    const { coefficient } = this.nest.geometry;
    if (contiguous && coefficient[kernelDim] === 1) return kernel + (places - 1) * Math.min(coefficient[dim]!, kernel);
    return places + kernel - 1;
  }
}
