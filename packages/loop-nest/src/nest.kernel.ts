import type { Architecture } from './architecture.js';
import { distinctOffsets } from './offsets.js';
import type { PackedMapping } from './pack.js';
import { DATA_SPACES, type Problem } from './problem.js';

/** Places in DIMS. */
const [C, M, R, S, P, Q, N] = [0, 1, 2, 3, 4, 5, 6] as const;
/** Places in DATA_SPACES. */
export const [INPUTS, OUTPUTS] = [1, 2] as const;
export const SPACES = 3;
/** How the box of Inputs moves with a dimension: not at all, to another batch or channel, along the rows, along the columns. */
export const [STAYS, CHANGES, ROW, COLUMN] = [0, 1, 2, 3] as const;

/** Temporal loops of bound 2 or more; counts are exact for up to 2^53 iterations only. */
const MAX_LOOPS = 53;

/** A packed mapping taken apart: tiles, instances, and the temporal loops. Tables per tile are indexed `level * 3 + data space`. */
export class Nest {
  /** Product of the temporal bounds. */
  computeCycles = 0;
  /** Words of each kept tile, 0 where bypassed. */
  readonly tileWords: Float64Array;
  /** Rows and columns of the input plane each level's Inputs tile spans. */
  readonly height: Float64Array;
  readonly width: Float64Array;
  /** Instances used of each level, and of the MACs in a last entry. */
  readonly instances: Float64Array;
  /** Different tiles the spatial loops of each level make of each data space. */
  readonly spread: Float64Array;

  /** Temporal loops, innermost first: bound, dimension, words moved along their index, product of the bounds inside. */
  loopCount = 0;
  readonly bound = new Float64Array(MAX_LOOPS);
  readonly dim = new Uint8Array(MAX_LOOPS);
  readonly step = new Float64Array(MAX_LOOPS);
  readonly inside = new Float64Array(MAX_LOOPS);
  /** How many of them are at each level or inside it. */
  readonly loopsWithin: Int32Array;

  /** Bit mask of the dimensions each data space is indexed by. */
  readonly relevant: Int32Array;
  /** What each dimension does to Inputs. */
  readonly inputMove = new Uint8Array(7);

  private readonly levelCount: number;
  private readonly keeps: Uint8Array;
  /** The dimension that selects the channel of Inputs. */
  private readonly channel: number;
  /** Positions of Inputs one iteration of a dimension moves by. */
  private readonly coefficient = new Float64Array(7);
  /** Product of the bounds of each dimension inside the point `load` has reached. */
  private readonly extent = new Float64Array(7);
  /** Spatial bounds of the level `load` is at, and how far one iteration moves. */
  private readonly spatial = new Float64Array(7).fill(1);
  private readonly spatialStep = new Float64Array(7);
  private readonly fanout: Float64Array;

  constructor(problem: Problem, { levels }: Architecture) {
    const count = levels.length;
    this.levelCount = count;
    this.tileWords = new Float64Array(count * SPACES);
    this.spread = new Float64Array(count * SPACES);
    this.height = new Float64Array(count);
    this.width = new Float64Array(count);
    this.fanout = new Float64Array(count);
    this.instances = new Float64Array(count + 1);
    this.loopsWithin = new Int32Array(count);
    this.keeps = Uint8Array.from(levels.flatMap(({ keeps }) => DATA_SPACES.map((s) => Number(keeps.includes(s)))));
    this.channel = problem.depthwise === true ? M : C;
    this.relevant = Int32Array.of(maskOf(C, M, R, S), maskOf(N, this.channel, P, Q, R, S), maskOf(N, M, P, Q));
    this.inputMove.set([STAYS, STAYS, ROW, COLUMN, ROW, COLUMN, CHANGES]);
    this.inputMove[this.channel] = CHANGES;
    this.coefficient.set([1, 1, problem.dilationR ?? 1, problem.dilationS ?? 1, problem.strideP, problem.strideQ, 1]);
  }

  /** Takes a mapping of `count` loops apart, from the innermost loop outward. */
  load(packed: PackedMapping, count: number): void {
    this.loopCount = 0;
    this.computeCycles = 1;
    for (let d = 0; d < 7; d++) this.extent[d] = 1;
    let level = this.levelCount - 1;
    this.fanout[level] = 1;
    for (let i = 2 * count - 2; i >= 0; i -= 2) {
      const code = packed[i]!;
      const bound = packed[i + 1]!;
      if (bound === 1) continue;
      while (level > code >> 5) {
        this.closeLevel(level--);
        this.fanout[level] = 1;
      }
      const dim = (code >> 2) & 7;
      if ((code & 3) === 0) this.addTemporal(dim, bound);
      else this.addSpatial(level, dim, bound);
      this.extent[dim]! *= bound;
    }
    while (level > 0) {
      this.closeLevel(level--);
      this.fanout[level] = 1;
    }
    this.closeLevel(0);
    this.instances[0] = 1;
    for (let l = 0; l < this.levelCount; l++) this.instances[l + 1] = this.instances[l]! * this.fanout[l]!;
  }

  private addTemporal(dim: number, bound: number): void {
    const k = this.loopCount++;
    this.bound[k] = bound;
    this.dim[k] = dim;
    this.step[k] = this.extent[dim]! * this.coefficient[dim]!;
    this.inside[k] = this.computeCycles;
    this.computeCycles *= bound;
  }

  private addSpatial(level: number, dim: number, bound: number): void {
    this.fanout[level]! *= bound;
    if (this.spatial[dim] === 1) this.spatialStep[dim] = this.extent[dim]! * this.coefficient[dim]!;
    this.spatial[dim]! *= bound;
  }

  private closeLevel(level: number): void {
    const { extent: e, coefficient: k, tileWords, keeps } = this;
    const t = level * SPACES;
    this.loopsWithin[level] = this.loopCount;
    if (this.fanout[level] === 1) this.spread[t] = this.spread[t + INPUTS] = this.spread[t + OUTPUTS] = 1;
    else this.countSpread(t);
    if (keeps[t] === 1) tileWords[t] = e[C]! * e[M]! * e[R]! * e[S]!;
    if (keeps[t + OUTPUTS] === 1) tileWords[t + OUTPUTS] = e[N]! * e[M]! * e[P]! * e[Q]!;
    if (keeps[t + INPUTS] === 1) {
      const height = (e[P]! - 1) * k[P]! + (e[R]! - 1) * k[R]! + 1;
      const width = (e[Q]! - 1) * k[Q]! + (e[S]! - 1) * k[S]! + 1;
      this.height[level] = height;
      this.width[level] = width;
      tileWords[t + INPUTS] = e[N]! * e[this.channel]! * height * width;
    }
  }

  /** Dimensions a data space is not indexed by share its tiles; so do instances whose input windows start at the same place. */
  private countSpread(t: number): void {
    const { spatial: n, spatialStep: step, spread } = this;
    const rows = distinctOffsets(n[P]!, step[P]!, n[R]!, step[R]!);
    const columns = distinctOffsets(n[Q]!, step[Q]!, n[S]!, step[S]!);
    spread[t] = n[C]! * n[M]! * n[R]! * n[S]!;
    spread[t + INPUTS] = n[N]! * n[this.channel]! * rows * columns;
    spread[t + OUTPUTS] = n[N]! * n[M]! * n[P]! * n[Q]!;
    for (let d = 0; d < 7; d++) n[d] = 1;
  }
}

function maskOf(...dims: readonly number[]): number {
  return dims.reduce((mask, dim) => mask | (1 << dim), 0);
}
