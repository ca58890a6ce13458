import type { Workload } from '@archon-dse/core';

/** How many values the tensors of one group of a workload hold. */
export interface TensorValues {
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
}

/**
 * The values of one group, each once: the least that comes from or goes to a memory in which the layer starts and ends. Zeros of the
 * padding count; inputs that strides or dilations step over do not.
 */
export function tensorValues({ problem }: Pick<Workload, 'problem'>): TensorValues {
  const { C, M, R, S, P, Q, N, strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
  const rows = touched(P, strideP, R, dilationR);
  const columns = touched(Q, strideQ, S, dilationS);
  return { weights: M * C * R * S, inputs: N * C * rows * columns, outputs: N * M * P * Q };
}

/** Rows that windows read: each window has `kernel` of them, `dilation` apart. */
function touched(windows: number, stride: number, kernel: number, dilation: number): number {
  const rows = new Set<number>();
  for (let window = 0; window < windows; window += 1) {
    for (let row = 0; row < kernel; row += 1) rows.add(window * stride + row * dilation);
  }
  return rows.size;
}
