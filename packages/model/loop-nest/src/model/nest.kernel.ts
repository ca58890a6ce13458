import { Geometry, type Extents } from './geometry.kernel.js';
import type { ModelOptions } from './model-options.js';
import { DIM_COUNT } from './places.js';
import type { Problem } from './problem.js';

/** Temporal loops of bound 2 or more; counts are exact for up to 2^53 iterations only. */
const MAX_LOOPS = 53;

/**
 * The temporal loops of a nest that grows from the outermost one inwards.
 *
 * Since factors are exact, the loops outside a level determine its tile: whatever of a dimension is not outside is inside. So a whole
 * mapping is evaluated by growing it, and a search knows the tiles of a level once those outside are chosen.
 */
export class Nest {
  readonly geometry: Geometry;
  /** What of every dimension is left inside the loops so far, spatial ones included, or any box that is asked about. */
  readonly extent: Extents = new Float64Array(DIM_COUNT);
  /** From the outermost loop: bound, dimension, extent of the dimension inside the loop, product of the bounds up to it. */
  readonly bound = new Float64Array(MAX_LOOPS);
  readonly dim = new Uint8Array(MAX_LOOPS);
  readonly inside = new Float64Array(MAX_LOOPS);
  readonly product = new Float64Array(MAX_LOOPS);
  count = 0;

  constructor(problem: Problem, options: ModelOptions = {}) {
    this.geometry = new Geometry(problem, options);
  }

  /** Adds a loop inside those there are; one iteration of it covers `inside` of its dimension. */
  push(dim: number, bound: number, inside: number): void {
    const k = this.count++;
    this.bound[k] = bound;
    this.dim[k] = dim;
    this.inside[k] = inside;
    this.product[k] = k === 0 ? bound : this.product[k - 1]! * bound;
  }

  /** Product of all bounds. */
  get cycles(): number {
    return this.count === 0 ? 1 : this.product[this.count - 1]!;
  }

  /** How often the loops change a tile that every loop over a dimension of `mask` changes. */
  changes(mask: number): number {
    for (let k = this.count - 1; k >= 0; k--) {
      if ((mask >> this.dim[k]!) & 1) return this.product[k]!;
    }
    return 1;
  }

  /** How far one iteration of loop `k` moves along the rank of its dimension. */
  step(k: number): number {
    return this.inside[k]! * this.geometry.coefficient[this.dim[k]!]!;
  }
}
