import { DIM_COUNT } from './places.js';
import { boundOf, DIMS, type Problem } from './problem.js';

/** Loops of bound 2 or more over one dimension, and temporal loops in all. */
export const MAX_CHAIN = 53;
/** Level of a temporal loop in a chain. */
export const TEMPORAL = -1;

/**
 * The loops of a nest by dimension, outermost first, temporal and spatial ones, whose bounds may cover more than the problem has. Each iteration of a
 * loop starts `inside` further on; a combination of digits, one a loop, starts at the sum of digit times `inside` and exists if
 * that lies within the problem. That is so if the digits are no larger, read from the outermost on, than those of the last place: `last`. A tile that
 * starts at those digits is cut off by the end of the problem; all before are whole.
 *
 * Entry `i` of dimension `d` is at `d * MAX_CHAIN + i`.
 */
export class Chains {
  readonly size = Float64Array.from(DIMS, () => 1);
  /** What the bounds of all loops cover: at least `size`. */
  readonly covered = new Float64Array(DIM_COUNT).fill(1);
  readonly length = new Int32Array(DIM_COUNT);
  readonly bound = new Float64Array(DIM_COUNT * MAX_CHAIN);
  readonly inside = new Float64Array(DIM_COUNT * MAX_CHAIN);
  /** Level of a spatial loop, or `TEMPORAL`. */
  readonly level = new Int32Array(DIM_COUNT * MAX_CHAIN);
  readonly last = new Float64Array(DIM_COUNT * MAX_CHAIN);
  /** Iterations that are left behind the digits of the last place, up to and with this loop; at least 1. */
  readonly cut = new Float64Array(DIM_COUNT * MAX_CHAIN);
  /** The temporal loops of all dimensions in order: dimension and entry. */
  readonly order = new Int32Array(MAX_CHAIN);
  readonly orderDim = new Uint8Array(MAX_CHAIN);
  steps = 0;
  /** Dimensions whose bounds cover more than the problem. */
  remainders = 0;

  constructor(problem: Problem) {
    DIMS.forEach((dim, d) => (this.size[d] = boundOf(problem, dim)));
  }

  /** Starts without loops, whose bounds will cover what `covered` says. */
  open(): void {
    this.remainders = 0;
    for (let dim = 0; dim < DIM_COUNT; dim++) if (this.size[dim]! < this.covered[dim]!) this.remainders |= 1 << dim;
    this.length.fill(0);
    this.steps = 0;
  }

  /** Adds a loop inside all there are; one iteration of it covers `inside`. Spatial loops over a dimension at one level come as one. */
  push(dim: number, bound: number, inside: number, level: number): void {
    const count = this.length[dim]!++;
    const at = dim * MAX_CHAIN + count;
    const before = count === 0 ? this.size[dim]! : this.cut[at - 1]!;
    const last = Math.ceil(before / inside) - 1;
    this.bound[at] = bound;
    this.inside[at] = inside;
    this.level[at] = level;
    this.last[at] = last;
    this.cut[at] = before - last * inside;
    if (level !== TEMPORAL) return;
    this.order[this.steps] = at;
    this.orderDim[this.steps++] = dim;
  }

  /** Removes the innermost loop over a dimension; temporal loops must go in turn. */
  pop(dim: number): void {
    const at = dim * MAX_CHAIN + --this.length[dim]!;
    if (this.level[at] === TEMPORAL) this.steps--;
  }

  leavesRemainder(dim: number): boolean {
    return ((this.remainders >> dim) & 1) === 1;
  }

  /** What one instance covers at a step, of the loops up to the `count` outermost ones over a dimension. */
  tile(dim: number, count: number): number {
    return count === 0 ? this.covered[dim]! : this.inside[dim * MAX_CHAIN + count - 1]!;
  }

  /** The same where the end of the problem cuts it off. */
  cutTile(dim: number, count: number): number {
    return count === 0 ? this.size[dim]! : this.cut[dim * MAX_CHAIN + count - 1]!;
  }
}
