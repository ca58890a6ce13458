import { DIMS, type Dim, type Problem } from './problem.js';

/** Sets of dimensions are bit masks over their places in DIMS. */
export function dimMask(...dims: readonly Dim[]): number {
  return dims.reduce((mask, dim) => mask | (1 << DIMS.indexOf(dim)), 0);
}

/** Which loops change which tile. */
export interface Relevance {
  /** Dimensions each data space is indexed by, in the order of DATA_SPACES. */
  readonly relevant: readonly [number, number, number];
  /** Dimensions whose every step moves an Inputs tile clear of the last one: all of `relevant` but those of a sliding window. */
  readonly jumps: number;
}

/** A window slides along rows (columns) where both P and R (Q and S) are above 1; otherwise neighbouring tiles never overlap. */
export function relevanceOf(problem: Problem): Relevance {
  const channel = problem.depthwise === true ? 'M' : 'C';
  const inputs = dimMask('G', 'N', channel, 'R', 'S', 'P', 'Q');
  const rows = problem.P > 1 && problem.R > 1 ? dimMask('P', 'R') : 0;
  const columns = problem.Q > 1 && problem.S > 1 ? dimMask('Q', 'S') : 0;
  return {
    relevant: [dimMask('G', 'C', 'M', 'R', 'S'), inputs, dimMask('G', 'N', 'M', 'P', 'Q')],
    jumps: inputs & ~rows & ~columns,
  };
}
