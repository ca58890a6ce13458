import type { Workload } from '@archon-dse/core';

/** One group of a layer as a product of matrices: `steps` x `inner` inputs times `inner` x `outputs` weights. */
export interface Gemm {
  /** Products summed for one output, C x R x S. */
  readonly inner: number;
  /** Output channels M. */
  readonly outputs: number;
  /** Positions P x Q x N, each of which streams a column of inputs through the array. */
  readonly steps: number;
}

/** A convolution becomes a product by writing out the window of every position (im2col). */
export function gemmOf({ problem: { C, M, R, S, P, Q, N } }: Workload): Gemm {
  return { inner: C * R * S, outputs: M, steps: P * Q * N };
}
