/**
 * Loop dimensions of a convolution, in the order every array in this package uses them:
 * C input channels, M output channels, R x S kernel (R pairs with P, S with Q), P x Q output plane, N batch, G groups.
 */
export const DIMS = ['C', 'M', 'R', 'S', 'P', 'Q', 'N', 'G'] as const;
export type Dim = (typeof DIMS)[number];

export const DATA_SPACES = ['Weights', 'Inputs', 'Outputs'] as const;
export type DataSpace = (typeof DATA_SPACES)[number];

/** A convolution as a nest of eight loops. C and M are the channels of one group. All bounds and strides are integers >= 1. */
export interface Problem {
  readonly C: number;
  readonly M: number;
  readonly R: number;
  readonly S: number;
  readonly P: number;
  readonly Q: number;
  readonly N: number;
  /** Groups, each with weights, input channels and output channels of its own; 1 unless given. */
  readonly G?: number;
  readonly strideP: number;
  readonly strideQ: number;
  readonly dilationR?: number;
  readonly dilationS?: number;
  /**
   * Depthwise: every output channel reads an input channel of its own, so M takes the place of C in Inputs (C must be 1).
   * Without it a depthwise layer written as C = 1, M = channels reads one single input channel, as the published runs did.
   */
  readonly depthwise?: boolean;
}

/** Iterations of a dimension of a problem, >= 1. */
export function boundOf(problem: Problem, dim: Dim): number {
  return problem[dim] ?? 1;
}
