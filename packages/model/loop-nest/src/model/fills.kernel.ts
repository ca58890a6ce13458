import type { FillCost } from './cost.kernel.js';
import { ExactWindow } from './exact-window.kernel.js';
import type { ModelOptions } from './model-options.js';
import type { Nest } from './nest.kernel.js';
import { distinctOffsets } from './offsets.js';
import { C, G, INPUTS, M, N, OUTPUTS, P, Q, R, S, SPACES, WEIGHTS } from './places.js';
import type { Problem } from './problem.js';
import { relevanceOf } from './relevance.js';
import { SlidingFills, type InputWindow } from './window.kernel.js';

/**
 * The words a growing nest brings into the tiles of its levels, and the different tiles its spatial loops hand out.
 *
 * @source access-count rules of Timeloop as inferred from its published outputs; see the README
 */
export class Fills {
  private readonly nest: Nest;
  private readonly cost: FillCost;
  private readonly relevant: readonly number[];
  private readonly jumps: number;
  /** Whether any window of Inputs slides. */
  private readonly slides: boolean;
  private readonly window: InputWindow;

  constructor(problem: Problem, nest: Nest, cost: FillCost, { semantics }: ModelOptions = {}) {
    const { relevant, jumps } = relevanceOf(problem);
    this.nest = nest;
    this.cost = cost;
    this.relevant = relevant;
    this.jumps = jumps;
    this.window = semantics === 'exact' ? new ExactWindow(problem) : new SlidingFills();
    this.slides = jumps !== relevant[INPUTS];
  }

  /** Fills of the tiles of `level`, whose extents are those of the nest, once the temporal loops outside it are there. */
  settle(level: number): void {
    const { keeps, fills } = this.cost;
    const t = level * SPACES;
    if (keeps[t] === 1) fills[t] = this.tileFills(WEIGHTS);
    if (keeps[t + INPUTS] === 1) fills[t + INPUTS] = this.slides ? this.inputFills() : this.tileFills(INPUTS);
    if (keeps[t + OUTPUTS] === 1) fills[t + OUTPUTS] = this.tileFills(OUTPUTS);
    if (this.cost.startsUp) this.settleTiles(t);
  }

  private settleTiles(t: number): void {
    const { geometry, extent } = this.nest;
    for (let space = 0; space < SPACES; space++) this.cost.tiles[t + space] = geometry.words(space, extent);
  }

  /** A tile is fetched whole each time it changes; loops it does not depend on, inside all that do, cost nothing. */
  tileFills(space: number): number {
    const { nest } = this;
    return nest.geometry.words(space, nest.extent) * nest.changes(this.relevant[space]!);
  }

  /** Every pass over the loops inside the last jump starts from a fresh tile, so those outside it only repeat. */
  private inputFills(): number {
    const { nest, window, jumps } = this;
    window.start(nest.geometry, nest.extent);
    let k = nest.count - 1;
    for (; k >= 0; k--) {
      const dim = nest.dim[k]!;
      if ((jumps >> dim) & 1) break;
      const step = nest.step(k);
      window.add(nest.bound[k]!, dim === P || dim === R ? step : 0, dim === Q || dim === S ? step : 0);
    }
    return k < 0 ? window.words : window.words * nest.product[k]!;
  }

  /**
   * Different tiles the spatial loops of `level` hand out: their bounds by dimension are in `spatial` from `at` on, and one instance covers
   * the extents of the nest. Dimensions a data space is not indexed by share its tiles; so do instances whose windows start at one place.
   */
  settleSpread(level: number, spatial: Float64Array, at: number): void {
    const { spread } = this.cost;
    const t = level * SPACES;
    const groups = spatial[at + G]!;
    const inputs = groups * spatial[at + N]! * spatial[at + this.nest.geometry.channel]!;
    spread[t + WEIGHTS] = groups * spatial[at + C]! * spatial[at + M]! * spatial[at + R]! * spatial[at + S]!;
    spread[t + INPUTS] =
      inputs *
      this.offsets(spatial[at + P]!, P, spatial[at + R]!, R) *
      this.offsets(spatial[at + Q]!, Q, spatial[at + S]!, S);
    spread[t + OUTPUTS] = groups * spatial[at + N]! * spatial[at + M]! * spatial[at + P]! * spatial[at + Q]!;
  }

  /** The same for a level without spatial loops. */
  settleNoSpread(level: number): void {
    const { spread } = this.cost;
    const t = level * SPACES;
    spread[t] = 1;
    spread[t + INPUTS] = 1;
    spread[t + OUTPUTS] = 1;
  }

  private offsets(countOuter: number, outer: number, countKernel: number, kernel: number): number {
    if (countOuter === 1 || countKernel === 1) return countOuter * countKernel;
    const { extent, geometry } = this.nest;
    const { coefficient } = geometry;
    return distinctOffsets(
      countOuter,
      extent[outer]! * coefficient[outer]!,
      countKernel,
      extent[kernel]! * coefficient[kernel]!,
    );
  }
}
