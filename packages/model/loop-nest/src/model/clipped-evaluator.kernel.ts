import type { Architecture } from './architecture.js';
import { Chains, TEMPORAL } from './chains.kernel.js';
import { ClippedCost } from './clipped-cost.kernel.js';
import { ClippedFills } from './clipped-fills.kernel.js';
import type { Mapping } from './mapping.js';
import type { ModelOptions } from './model-options.js';
import { DIM_COUNT, PLACE_OF_LETTER } from './places.js';
import type { Problem } from './problem.js';

/** Evaluates mappings whose bounds may leave remainders, or whose windows share their halos, without allocating. */
export class ClippedEvaluator {
  readonly cost: ClippedCost;
  private readonly chains: Chains;
  private readonly fills: ClippedFills;
  private readonly rest = new Float64Array(DIM_COUNT);
  private readonly spatial = new Float64Array(DIM_COUNT).fill(1);

  constructor(problem: Problem, architecture: Architecture, options: ModelOptions) {
    this.cost = new ClippedCost(problem, architecture, options);
    this.chains = new Chains(problem);
    this.fills = new ClippedFills(problem, this.chains, this.cost, options);
  }

  /** Whether the bounds of a mapping cover more than the problem; remembers what they cover. */
  leavesRemainder(mapping: Mapping): boolean {
    const { covered, size } = this.chains;
    covered.fill(1);
    for (let level = 0; level < mapping.length; level++) {
      const loops = mapping[level]!;
      for (let i = 0; i < loops.length; i++) covered[PLACE_OF_LETTER[loops[i]!.dim.charCodeAt(0)]!]! *= loops[i]!.bound;
    }
    for (let dim = 0; dim < DIM_COUNT; dim++) if (covered[dim]! > size[dim]!) return true;
    return false;
  }

  /** Prices the mapping that `leavesRemainder` was asked about last. */
  evaluate(mapping: Mapping, skewCycles: number): void {
    const { cost, chains, fills, rest } = this;
    chains.open();
    rest.set(chains.covered);
    for (let level = 0; level < mapping.length; level++) {
      fills.settle(level);
      this.grow(mapping, level);
    }
    fills.settleMacs();
    cost.skewCycles = skewCycles;
    cost.price();
  }

  private grow(mapping: Mapping, level: number): void {
    const { chains, rest, spatial } = this;
    const loops = mapping[level]!;
    for (let i = 0; i < loops.length; i++) {
      const { dim, bound, kind } = loops[i]!;
      const place = PLACE_OF_LETTER[dim.charCodeAt(0)]!;
      rest[place]! /= bound;
      if (kind !== 'temporal') spatial[place]! *= bound;
      else if (bound > 1) chains.push(place, bound, rest[place]!, TEMPORAL);
    }
    for (let place = 0; place < DIM_COUNT; place++) {
      if (spatial[place]! > 1) chains.push(place, spatial[place]!, rest[place]!, level);
      spatial[place] = 1;
    }
  }
}
