import type { Architecture } from './architecture.js';
import { ClippedEvaluator } from './clipped-evaluator.kernel.js';
import { FillCost } from './cost.kernel.js';
import { Fills } from './fills.kernel.js';
import type { Loop, Mapping } from './mapping.js';
import type { ModelOptions } from './model-options.js';
import { Nest } from './nest.kernel.js';
import { DIM_COUNT, PLACE_OF_LETTER } from './places.js';
import type { Pricing } from './pricing.kernel.js';
import { boundOf, DIMS, type Problem } from './problem.js';

/**
 * Evaluates mappings of one problem on one architecture, without allocating. Mappings are trusted: check them with `checkMapping`
 * where they come from outside.
 */
export class Evaluator {
  private readonly own: FillCost;
  private readonly clipped: ClippedEvaluator | undefined;
  private readonly sharesHalos: boolean;
  private last: Pricing;
  private readonly bounds: Float64Array;
  private readonly nest: Nest;
  private readonly fills: Fills;
  private readonly systolic: Uint8Array;
  /** Spatial bounds of the level the nest has grown to, by dimension. */
  private readonly spatial = new Float64Array(DIM_COUNT).fill(1);

  /** @throws RangeError when the outermost level does not keep every data space, levels cannot be one room, or options exclude each other */
  constructor(problem: Problem, architecture: Architecture, options: ModelOptions = {}) {
    const { semantics, haloSharing = false } = options;
    if (haloSharing && semantics !== 'exact') throw new RangeError('halo sharing needs the exact semantics');
    this.own = new FillCost(problem, architecture, options);
    this.last = this.own;
    this.clipped = semantics === 'exact' ? new ClippedEvaluator(problem, architecture, options) : undefined;
    this.sharesHalos = haloSharing;
    this.systolic = Uint8Array.from(architecture.levels, (level) => Number(level.systolic === true));
    this.bounds = Float64Array.from(DIMS, (dim) => boundOf(problem, dim));
    this.nest = new Nest(problem, options);
    this.fills = new Fills(problem, this.nest, this.own, options);
  }

  /** Cycles, energy and tables of accesses of the last mapping. */
  get cost(): Pricing {
    return this.last;
  }

  /** Prices a mapping. */
  evaluate(mapping: Mapping): void {
    const { clipped } = this;
    if (clipped !== undefined && (clipped.leavesRemainder(mapping) || this.sharesHalos)) {
      this.last = clipped.cost;
      clipped.evaluate(mapping, clipped.cost.startsUp ? skewCycles(mapping, this.systolic) : 0);
    } else {
      this.last = this.own;
      this.evaluateExactFactors(mapping);
    }
  }

  /** Grows the nest of a mapping, settling each level before its own loops come, and prices it. */
  private evaluateExactFactors(mapping: Mapping): void {
    const { nest, own: cost, fills, bounds, spatial } = this;
    nest.count = 0;
    for (let dim = 0; dim < DIM_COUNT; dim++) nest.extent[dim] = bounds[dim]!;
    let instances = 1;
    for (let level = 0; level < mapping.length; level++) {
      cost.instances[level] = instances;
      fills.settle(level);
      const fanout = this.grow(mapping[level]!);
      if (fanout === 1) fills.settleNoSpread(level);
      else {
        fills.settleSpread(level, spatial, 0);
        for (let dim = 0; dim < DIM_COUNT; dim++) spatial[dim] = 1;
        instances *= fanout;
      }
    }
    cost.computeCycles = nest.cycles;
    if (cost.startsUp) cost.skewCycles = skewCycles(mapping, this.systolic);
    cost.distribute();
    cost.price();
  }

  /** Takes the loops of a level in and returns the product of its spatial bounds. */
  private grow(loops: readonly Loop[]): number {
    const { nest, spatial } = this;
    const { extent } = nest;
    let fanout = 1;
    for (let i = 0; i < loops.length; i++) {
      const { dim, bound, kind } = loops[i]!;
      const place = PLACE_OF_LETTER[dim.charCodeAt(0)]!;
      extent[place]! /= bound;
      if (kind !== 'temporal') {
        spatial[place]! *= bound;
        fanout *= bound;
      } else if (bound > 1) nest.push(place, bound, extent[place]!);
    }
    return fanout;
  }
}

/** Hops from the first to the last instance of the systolic meshes, along X and along Y. */
function skewCycles(mapping: Mapping, systolic: Uint8Array): number {
  let hops = 0;
  for (let level = 0; level < mapping.length; level++) {
    if (systolic[level] === 0) continue;
    let [x, y] = [1, 1];
    const loops = mapping[level]!;
    for (let i = 0; i < loops.length; i++) {
      if (loops[i]!.kind === 'spatialX') x *= loops[i]!.bound;
      else if (loops[i]!.kind === 'spatialY') y *= loops[i]!.bound;
    }
    hops += x + y - 2;
  }
  return hops;
}
