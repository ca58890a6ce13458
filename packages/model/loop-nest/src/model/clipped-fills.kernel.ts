import { MAX_CHAIN, type Chains } from './chains.kernel.js';
import type { ClippedCost } from './clipped-cost.kernel.js';
import { Digits } from './digits.kernel.js';
import { Geometry } from './geometry.kernel.js';
import type { ModelOptions } from './model-options.js';
import { DIM_COUNT, INPUTS, OUTPUTS, P, Q, R, S, SPACES } from './places.js';
import type { Problem } from './problem.js';
import { relevanceOf } from './relevance.js';
import { WindowMoves } from './window-moves.kernel.js';

/**
 * The words that a walk of a nest moves, over all instances, where bounds may leave remainders. Iterations exist dimension by dimension, so
 * counts are products of counts along each.
 *
 * At each step some loop goes on by one iteration and those inside it start over. Of a tile that moved along a dimension without
 * windows nothing stays; where it did not, the words stay that the window has before and after. So, summed over all steps and instances,
 *
 *     words = tiles of the first step + sum over loops (all words of the tiles after - those that stayed)
 *
 * with both terms products over the dimensions: of the iterations that the tiles cover along it, or of those where they stayed, of rows and
 * columns of windows, and of steps and instances alone for dimensions that the data space does not have.
 */
export class ClippedFills {
  private readonly chains: Chains;
  private readonly cost: ClippedCost;
  private readonly digits: Digits;
  private readonly relevant: readonly number[];
  private readonly sharesHalos: boolean;
  private readonly rows: WindowMoves;
  private readonly columns: WindowMoves;
  /** Along each dimension: what tiles cover after a step of a loop over another one, and what of it stayed. */
  private readonly covered = new Float64Array(DIM_COUNT);
  private readonly stayed = new Float64Array(DIM_COUNT);
  /** The outermost entry of each dimension whose loop has not run yet. */
  private readonly moving = new Int32Array(DIM_COUNT);
  /** Dimensions with more than one iteration: along the others nothing is counted. */
  private readonly dims: Uint8Array;
  /** Dimensions of sliding windows. */
  private readonly windows: number;
  private readonly geometry: Geometry;
  private readonly extents = new Float64Array(DIM_COUNT);
  /** Words of the first step of what `words` counted last. */
  private firstWords = 0;

  constructor(problem: Problem, chains: Chains, cost: ClippedCost, options: ModelOptions) {
    this.geometry = new Geometry(problem, options);
    this.chains = chains;
    this.cost = cost;
    this.digits = new Digits(chains);
    this.dims = this.digits.dims;
    this.relevant = relevanceOf(problem).relevant;
    this.sharesHalos = options.haloSharing === true;
    const { strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
    this.rows = new WindowMoves(this.digits, [P, R], strideP, dilationR);
    this.columns = new WindowMoves(this.digits, [Q, S], strideQ, dilationS);
    this.windows = (this.rows.slides ? (1 << P) | (1 << R) : 0) | (this.columns.slides ? (1 << Q) | (1 << S) : 0);
  }

  /** Instances of a level, its fills and what the levels outside hand down for them, once the loops outside it are there. */
  settle(level: number): void {
    const { cost } = this;
    cost.instances[level] = this.instances();
    if (level === 0 || cost.keeps[level * SPACES + OUTPUTS] === 1) this.settlePartition(level);
    for (let space = 0; space < SPACES; space++) {
      const t = level * SPACES + space;
      if (cost.keeps[t] === 0) continue;
      this.open(space, level, false);
      cost.fills[t] = this.words(space);
      if (cost.startsUp) {
        cost.handed[t] = this.firstWords;
        cost.tiles[t] = this.tileWords(space);
      }
      cost.allFills[t] = this.all(space, level, cost.fills[t]);
      this.settleTraffic(space, level, cost.parent[t]!);
    }
  }

  /** What `parent` hands down for the tiles of a level: their fills, if no spatial loops stand between. */
  private settleTraffic(space: number, level: number, parent: number): void {
    const { cost } = this;
    const t = level * SPACES + space;
    const up = parent * SPACES + space;
    if (cost.instances[parent] === cost.instances[level]) {
      cost.traffic[up] = cost.fills[t]!;
      cost.allTraffic[up] = cost.allFills[t]!;
      return;
    }
    this.open(space, parent, false);
    cost.traffic[up] = this.words(space);
    if (cost.startsUp) cost.handed[t] = this.firstWords;
    cost.allTraffic[up] = this.all(space, parent, cost.traffic[up]);
  }

  /** Cycles, and the operands of the MACs, once all loops are there. */
  settleMacs(): void {
    const { cost } = this;
    this.digits.open(false);
    this.digits.run(~0);
    cost.computeCycles = this.digits.product(~0, false);
    for (let space = 0; space < SPACES; space++) {
      const level = cost.innermost(space);
      const t = level * SPACES + space;
      cost.traffic[t] = this.operands(space, level, false);
      cost.allTraffic[t] = this.operands(space, level, true);
    }
  }

  /** Words of a whole tile of a level whose loops outside are there. */
  private tileWords(space: number): number {
    const { chains, extents } = this;
    for (let dim = 0; dim < DIM_COUNT; dim++) {
      extents[dim] = Math.min(chains.tile(dim, chains.length[dim]!), chains.size[dim]!);
    }
    return this.geometry.words(space, extents);
  }

  /** Words over all instances of a level when those of the first are `first`. */
  private all(space: number, from: number, first: number): number {
    const instances = this.cost.instances[from]!;
    if (instances === 1) return first;
    if (this.chains.remainders === 0) return first * instances;
    this.open(space, from, true);
    return this.words(space);
  }

  private instances(): number {
    this.digits.open(true);
    return this.digits.product(~0, false);
  }

  /** Words of Outputs that instances of a level ever meet: each once, but for those over dimensions that Outputs do not have. */
  private settlePartition(level: number): void {
    const { cost } = this;
    const outputs = this.relevant[OUTPUTS]!;
    for (let all = 0; all < 2; all++) {
      this.digits.open(all === 1);
      this.digits.run(outputs);
      const words = this.digits.product(outputs, true) * this.digits.product(~outputs, false);
      if (all === 1) cost.allPartitions[level] = words;
      else cost.partition[level] = words;
    }
  }

  /** Words that MACs read or update: one a cycle for each different operand. */
  private operands(space: number, level: number, all: boolean): number {
    this.open(space, level, all);
    this.digits.used.set(this.chains.length);
    this.digits.run(~0);
    const windows = space === INPUTS ? this.windows : 0;
    if (windows === 0) return this.digits.product(~0, false);
    const { rows, columns } = this;
    rows.open(level);
    columns.open(level);
    return (
      this.digits.product(~windows, false) * (rows.slides ? rows.places() : 1) * (columns.slides ? columns.places() : 1)
    );
  }

  /** Words that the tiles of a data space get at all steps: see the class. Digits of spatial loops are those that `open` chose. */
  private words(space: number): number {
    const { chains, digits, moving, dims } = this;
    const relevant = this.relevant[space]!;
    const windows = space === INPUTS ? this.windows : 0;
    if (windows === 0) return this.rigidWords(relevant);
    for (let i = 0; i < dims.length; i++) {
      moving[dims[i]!] = dims[i]! * MAX_CHAIN;
      this.settleDim(relevant, windows, dims[i]!);
    }
    let total = this.others(this.covered, -1) * this.rows.covered * this.columns.covered;
    this.firstWords = total;
    const steps = this.lastLoop(relevant) + 1;
    for (let k = 0; k < steps; k++) {
      const dim = chains.orderDim[k]!;
      const at = chains.order[k]!;
      digits.from[at] = 1;
      digits.to[at] = chains.bound[at]!;
      moving[dim] = at + 1;
      total += this.stepWords(relevant, windows, dim, at);
      digits.from[at] = 0;
      this.settleDim(relevant, windows, dim);
    }
    return total;
  }

  /** Words that all steps of one loop bring. */
  private stepWords(relevant: number, windows: number, dim: number, at: number): number {
    const { digits, rows, columns } = this;
    let after = this.others(this.covered, dim);
    let same = this.others(this.stayed, dim);
    if ((windows >> dim) & 1) (rows.has(dim) ? rows : columns).settleStep(dim, at, this.moving);
    else if ((relevant >> dim) & 1) {
      after *= digits.covered(dim);
      same = 0;
    } else {
      const steps = digits.count(dim);
      after *= steps;
      same *= steps;
    }
    return after * rows.covered * columns.covered - same * rows.stayed * columns.stayed;
  }

  /**
   * The same without windows. All words of the tiles after each step add up to those of all combinations of digits; what stays is nothing as long as
   * a loop over a dimension without remainder starts over.
   */
  private rigidWords(relevant: number): number {
    const { chains, digits } = this;
    if (this.cost.startsUp)
      this.firstWords = this.digits.product(relevant, true) * this.digits.product(~relevant, false);
    const steps = this.lastLoop(relevant) + 1;
    for (let k = 0; k < steps; k++) digits.to[chains.order[k]!] = chains.bound[chains.order[k]!]!;
    let total = this.digits.product(relevant, true) * this.digits.product(~relevant, false);
    const moved = this.lastLoop(relevant & ~chains.remainders);
    for (let k = steps - 1; k > moved; k--) {
      const at = chains.order[k]!;
      if (((relevant >> chains.orderDim[k]!) & 1) === 0) {
        digits.from[at] = 1;
        total -= this.digits.product(~relevant, false) * this.stayedWords(relevant, k);
        digits.from[at] = 0;
      }
      digits.to[at] = 1;
    }
    return total;
  }

  /** Iterations that tiles cover which stay when the temporal loops from the `k`-th on start over. */
  private stayedWords(relevant: number, k: number): number {
    const { dims, digits, chains } = this;
    let product = 1;
    for (let i = 0; i < dims.length; i++) {
      const dim = dims[i]!;
      if (((relevant >> dim) & 1) === 0) continue;
      const innermost = this.lastLoop(1 << dim);
      product *= digits.stayed(dim, innermost > k ? chains.order[innermost]! : -1);
    }
    return product;
  }

  /** The innermost temporal loop over a dimension of a mask, or -1. */
  private lastLoop(mask: number): number {
    const { orderDim, steps } = this.chains;
    let k = steps - 1;
    while (k >= 0 && ((mask >> orderDim[k]!) & 1) === 0) k--;
    return k;
  }

  /** What tiles cover along a dimension, and what of it stays, at steps of loops over others; those of its own that have not run start over. */
  private settleDim(relevant: number, windows: number, dim: number): void {
    const { digits, covered, stayed, moving } = this;
    if ((windows >> dim) & 1) {
      covered[dim] = 1;
      stayed[dim] = 1;
      (this.rows.has(dim) ? this.rows : this.columns).settle(moving);
    } else if ((relevant >> dim) & 1) {
      covered[dim] = digits.covered(dim);
      const innermost = this.lastLoop(1 << dim);
      const entry = innermost < 0 ? -1 : this.chains.order[innermost]!;
      stayed[dim] = digits.stayed(dim, entry >= moving[dim]! ? entry : -1);
    } else {
      covered[dim] = digits.count(dim);
      stayed[dim] = covered[dim]!;
    }
  }

  private others(along: Float64Array, dim: number): number {
    const { dims } = this;
    let product = 1;
    for (let i = 0; i < dims.length; i++) if (dims[i] !== dim) product *= along[dims[i]!]!;
    return product;
  }

  /**
   * The same for what one level hands down, that of `from`: instances outside it are all or the first; inside, those with the same tile are one, and
   * with halo sharing neighbours are one as long as no temporal loop stands between.
   */
  private open(space: number, from: number, all: boolean): void {
    const { chains, digits, dims } = this;
    this.digits.open(all);
    const windows = space === INPUTS ? this.windows : 0;
    for (let i = 0; i < dims.length; i++) {
      const dim = dims[i]!;
      const start = dim * MAX_CHAIN;
      for (let at = start; at < start + chains.length[dim]!; at++) {
        if (chains.level[at]! >= from) digits.to[at] = (this.relevant[space]! >> dim) & 1 ? chains.bound[at]! : 1;
      }
      if (!this.sharesHalos || ((windows >> dim) & 1) === 0) continue;
      while (digits.used[dim]! > 0 && chains.level[start + digits.used[dim]! - 1]! >= from) digits.used[dim]!--;
    }
    if (windows === 0) return;
    this.rows.open(this.sharesHalos ? Infinity : from);
    this.columns.open(this.sharesHalos ? Infinity : from);
  }
}
