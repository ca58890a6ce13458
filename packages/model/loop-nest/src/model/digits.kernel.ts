import { MAX_CHAIN, TEMPORAL, type Chains } from './chains.kernel.js';
import { DIM_COUNT } from './places.js';
import { DIMS } from './problem.js';

/**
 * Combinations of digits of the loops over one dimension, with a range of digits for each loop, counted along its chain: those that stay
 * below the last place are `whole`, those at it are `cut` (there is at most one).
 */
export class Digits {
  readonly chains: Chains;
  /** Digits from `from` up to but not with `to`, for each entry of the chains. */
  readonly from = new Float64Array(DIM_COUNT * MAX_CHAIN);
  readonly to = new Float64Array(DIM_COUNT * MAX_CHAIN);
  /** Loops of each dimension that count; the others are inside the tile. */
  readonly used = new Int32Array(DIM_COUNT);
  /** Dimensions with more than one iteration: along the others nothing is counted. */
  readonly dims: Uint8Array;
  /** Result of `scan`. */
  whole = 0;
  cut = 0;

  constructor(chains: Chains) {
    this.chains = chains;
    this.dims = Uint8Array.from(DIMS.keys()).filter((dim) => chains.size[dim]! > 1);
  }

  /** Starts a count with temporal loops at their first iteration; spatial ones at all digits or at the first. */
  open(all: boolean): void {
    const { chains, dims, used, from, to } = this;
    for (let i = 0; i < dims.length; i++) {
      const dim = dims[i]!;
      const start = dim * MAX_CHAIN;
      const end = start + chains.length[dim]!;
      used[dim] = chains.length[dim]!;
      for (let at = start; at < end; at++) {
        from[at] = 0;
        to[at] = all && chains.level[at] !== TEMPORAL ? chains.bound[at]! : 1;
      }
    }
  }

  /** Lets the temporal loops over the dimensions of a mask run. */
  run(mask: number): void {
    const { chains, to } = this;
    for (let k = 0; k < chains.steps; k++) {
      const at = chains.order[k]!;
      if ((mask >> chains.orderDim[k]!) & 1) to[at] = chains.bound[at]!;
    }
  }

  scan(dim: number): void {
    const { from, to } = this;
    const { last } = this.chains;
    let whole = 0;
    let isCut = true;
    const start = dim * MAX_CHAIN;
    const end = start + this.used[dim]!;
    for (let at = start; at < end; at++) {
      const first = from[at]!;
      const past = to[at]!;
      whole *= past - first;
      if (!isCut) continue;
      const digit = last[at]!;
      whole += Math.max(0, Math.min(past, digit) - first);
      isCut = digit >= first && digit < past;
    }
    this.whole = whole;
    this.cut = isCut ? 1 : 0;
  }

  count(dim: number): number {
    this.scan(dim);
    return this.whole + this.cut;
  }

  /** Iterations that the tiles of all combinations cover. */
  covered(dim: number): number {
    this.scan(dim);
    const { chains } = this;
    const used = this.used[dim]!;
    const tile = Math.min(chains.tile(dim, used), chains.size[dim]!);
    return this.whole * tile + this.cut * chains.cutTile(dim, used);
  }

  /**
   * The same for those whose tile is where it was when some temporal loops, the innermost one at entry `innermost`, which are at their first
   * iteration, were at their last: where they have one iteration only. All, if there are none such: -1.
   */
  stayed(dim: number, innermost: number): number {
    const all = this.covered(dim);
    if (innermost < 0) return all;
    const { chains, from, to } = this;
    if (!chains.leavesRemainder(dim)) return 0;
    from[innermost] = 1;
    to[innermost] = 2;
    const movers = this.count(dim);
    from[innermost] = 0;
    to[innermost] = 1;
    return all - movers * chains.tile(dim, this.used[dim]!);
  }

  /** Product over the dimensions of a mask of the combinations of digits, or of what their tiles cover. */
  product(mask: number, covered: boolean): number {
    const { dims } = this;
    let product = 1;
    for (let i = 0; i < dims.length; i++) {
      const dim = dims[i]!;
      if ((mask >> dim) & 1) product *= covered ? this.covered(dim) : this.count(dim);
    }
    return product;
  }
}
