import { MAX_CHAIN } from './chains.kernel.js';
import type { Digits } from './digits.kernel.js';
import { Moves } from './moves.kernel.js';
import { WindowOverlap } from './overlap.kernel.js';

/** Pairs of spatial loops over both dimensions of a rank at one level; each level of an array has one at most. */
const MAX_PAIRS = 30;

/**
 * Rows (columns) of the windows of Inputs: those that the tiles of all combinations of digits along both dimensions hold after a step, and those
 * of them that they held before.
 *
 * Where both dimensions are spread at a level, windows of several instances start at one place. They are served as one, by what the instance with
 * most to do needs: the first along the dimension that leaves a remainder. Where both leave one, no instance does all that the others do, and
 * each is served by itself.
 */
export class WindowMoves {
  readonly slides: boolean;
  /** Result of `settle` and `settleStep`. */
  covered = 1;
  stayed = 1;
  private readonly digits: Digits;
  private readonly outer: number;
  private readonly kernel: number;
  private readonly stride: number;
  private readonly dilation: number;
  private readonly overlap: WindowOverlap;
  private readonly outerMoves: Moves;
  private readonly kernelMoves: Moves;
  /** Entries of both dimensions at levels where windows start at one place, and how far along each the twin of an instance is. */
  private readonly outerEntry = new Int32Array(MAX_PAIRS);
  private readonly kernelEntry = new Int32Array(MAX_PAIRS);
  private readonly outerTwin = new Float64Array(MAX_PAIRS);
  private readonly kernelTwin = new Float64Array(MAX_PAIRS);
  private pairs = 0;

  constructor(digits: Digits, [outer, kernel]: readonly [number, number], stride: number, dilation: number) {
    const { size } = digits.chains;
    this.slides = size[outer]! > 1 && size[kernel]! > 1;
    this.digits = digits;
    this.outer = outer;
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.overlap = new WindowOverlap(stride, dilation);
    this.outerMoves = new Moves(digits);
    this.kernelMoves = new Moves(digits);
  }

  /** Whether a dimension is one of this rank. */
  has(dim: number): boolean {
    return dim === this.outer || dim === this.kernel;
  }

  /** Starts a count of what a level hands to all instances below it: windows that start at one place are looked for from that level on. */
  open(from: number): void {
    const { chains, used } = this.digits;
    this.pairs = 0;
    if (!this.slides || (chains.leavesRemainder(this.outer) && chains.leavesRemainder(this.kernel))) return;
    const start = this.outer * MAX_CHAIN;
    for (let at = start; at < start + used[this.outer]!; at++) {
      if (chains.level[at]! >= from) this.pair(at);
    }
  }

  /** All positions after a step of a loop over another dimension, and those that stayed; the loops from the entries `moving` on start over. */
  settle(moving: Int32Array): void {
    this.reset();
    for (let choice = 0; choice < 1 << this.pairs; choice++) {
      const sign = this.narrow(choice);
      this.outerMoves.settle(this.outer, moving[this.outer]!);
      this.kernelMoves.settle(this.kernel, moving[this.kernel]!);
      this.add(sign);
    }
    this.narrow(0);
  }

  /** The same after a step of the loop at an entry of this rank. */
  settleStep(dim: number, stepping: number, moving: Int32Array): void {
    this.reset();
    for (let choice = 0; choice < 1 << this.pairs; choice++) {
      const sign = this.narrow(choice);
      if (dim === this.outer) this.outerMoves.settleStep(dim, stepping);
      else this.outerMoves.settle(this.outer, moving[this.outer]!);
      if (dim === this.kernel) this.kernelMoves.settleStep(dim, stepping);
      else this.kernelMoves.settle(this.kernel, moving[this.kernel]!);
      this.add(sign);
    }
    this.narrow(0);
  }

  /** Combinations of digits, those that start at one place counted once. */
  places(): number {
    let places = 0;
    for (let choice = 0; choice < 1 << this.pairs; choice++) {
      const sign = this.narrow(choice);
      places += sign * this.digits.count(this.outer) * this.digits.count(this.kernel);
    }
    this.narrow(0);
    return places;
  }

  private reset(): void {
    this.covered = 0;
    this.stayed = 0;
  }

  private add(sign: number): void {
    const { outerMoves: a, kernelMoves: b, stride, dilation, overlap } = this;
    for (let i = 0; i < a.kinds; i++) {
      for (let j = 0; j < b.kinds; j++) {
        const times = sign * a.times[i]! * b.times[j]!;
        const outer = a.after[i]!;
        const kernel = b.after[j]!;
        const way = a.way[i]! * stride + b.way[j]! * dilation;
        const words = overlap.positions(outer, kernel);
        const same = way === 0 && outer === a.before[i]! && kernel === b.before[j]!;
        this.covered += times * words;
        this.stayed += times * (same ? words : overlap.shared(outer, kernel, a.before[i]!, b.before[j]!, way));
      }
    }
  }

  /** Looks for a spatial loop over the kernel at the level of one over the outputs, and for instances whose windows start at one place. */
  private pair(outerEntry: number): void {
    const { chains, used } = this.digits;
    const start = this.kernel * MAX_CHAIN;
    for (let at = start; at < start + used[this.kernel]!; at++) {
      if (chains.level[at] !== chains.level[outerEntry]) continue;
      const outerStep = chains.inside[outerEntry]! * this.stride;
      const kernelStep = chains.inside[at]! * this.dilation;
      let divisor = outerStep;
      for (let rest = kernelStep; rest !== 0;) [divisor, rest] = [rest, divisor % rest];
      const outerTwin = kernelStep / divisor;
      const kernelTwin = outerStep / divisor;
      if (outerTwin >= chains.bound[outerEntry]! || kernelTwin >= chains.bound[at]!) continue;
      this.outerEntry[this.pairs] = outerEntry;
      this.kernelEntry[this.pairs] = at;
      this.outerTwin[this.pairs] = outerTwin;
      this.kernelTwin[this.pairs++] = kernelTwin;
    }
  }

  /**
   * Leaves, at the levels of `choice`, only the instances that another one serves; returns the sign with which their words count: all, less
   * those at one level, plus those at two.
   */
  private narrow(choice: number): number {
    const { from, to, chains } = this.digits;
    let sign = 1;
    for (let i = 0; i < this.pairs; i++) {
      const o = this.outerEntry[i]!;
      const k = this.kernelEntry[i]!;
      const twins = (choice >> i) & 1;
      const byOuter = twins === 1 && !chains.leavesRemainder(this.kernel);
      const byKernel = twins === 1 && !byOuter;
      if (twins === 1) sign = -sign;
      from[o] = byOuter ? this.outerTwin[i]! : 0;
      to[o] = chains.bound[o]! - (byKernel ? this.outerTwin[i]! : 0);
      from[k] = byKernel ? this.kernelTwin[i]! : 0;
      to[k] = chains.bound[k]! - (byOuter ? this.kernelTwin[i]! : 0);
    }
    return sign;
  }
}
