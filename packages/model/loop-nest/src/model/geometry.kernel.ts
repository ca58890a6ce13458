import type { Mapping } from './mapping.js';
import type { ModelOptions } from './model-options.js';
import { distinctOffsets } from './offsets.js';
import { C, DIM_COUNT, G, M, N, OUTPUTS, P, Q, R, S, WEIGHTS } from './places.js';
import { boundOf, DIMS, type Problem } from './problem.js';

/** Bounds of a box of iterations, by place in DIMS. */
export type Extents = Float64Array;

/**
 * What boxes of iterations of a problem touch. Padding counts: a plane of Inputs spans (P - 1) stride + (R - 1) dilation + 1 rows, of which
 * the exact semantics leave out those that no iteration reads.
 */
export class Geometry {
  /** The dimension that picks the channel of Inputs. */
  readonly channel: number;
  /** Positions of its rank of Inputs that one iteration of a dimension moves by. */
  readonly coefficient: Float64Array;
  private readonly skipsHoles: boolean;
  private readonly sizes: readonly number[];

  constructor(problem: Problem, { semantics }: ModelOptions = {}) {
    const { depthwise = false, dilationR = 1, dilationS = 1, strideP, strideQ } = problem;
    this.sizes = DIMS.map((dim) => boundOf(problem, dim));
    this.skipsHoles = semantics === 'exact';
    this.channel = depthwise ? M : C;
    this.coefficient = Float64Array.of(1, 1, dilationR, dilationS, strideP, strideQ, 1, 1);
  }

  /** Bounds of a box that may be larger than the problem, cut off at its end. */
  within(extents: Extents): Extents {
    return extents.map((extent, dim) => Math.min(extent, this.sizes[dim]!));
  }

  /** Words of the data space at a place in DATA_SPACES. */
  words(space: number, e: Extents): number {
    return space === WEIGHTS ? this.weights(e) : space === OUTPUTS ? this.outputs(e) : this.inputs(e);
  }

  weights(e: Extents): number {
    return e[G]! * e[C]! * e[M]! * e[R]! * e[S]!;
  }

  inputs(e: Extents): number {
    return e[G]! * e[N]! * e[this.channel]! * this.rows(e) * this.columns(e);
  }

  outputs(e: Extents): number {
    return e[G]! * e[N]! * e[M]! * e[P]! * e[Q]!;
  }

  /** Rows (columns) of the input plane. */
  rows(e: Extents): number {
    return this.span(e[P]!, this.coefficient[P]!, e[R]!, this.coefficient[R]!);
  }

  columns(e: Extents): number {
    return this.span(e[Q]!, this.coefficient[Q]!, e[S]!, this.coefficient[S]!);
  }

  private span(outputs: number, stride: number, kernel: number, dilation: number): number {
    if (this.skipsHoles) return distinctOffsets(outputs, stride, kernel, dilation);
    return (outputs - 1) * stride + (kernel - 1) * dilation + 1;
  }
}

/**
 * Bounds of what one instance of a level covers: its own loops and all inside it. With `from`, the box of all instances of it
 * below one instance of that outer level: the spatial loops of the levels from there down to the one just outside join in.
 */
export function extentsAt(mapping: Mapping, level: number, from = level): Extents {
  const extents = new Float64Array(DIM_COUNT).fill(1);
  for (let l = from; l < mapping.length; l++) {
    for (const { dim, bound, kind } of mapping[l]!) {
      if (l >= level || kind !== 'temporal') extents[DIMS.indexOf(dim)]! *= bound;
    }
  }
  return extents;
}
