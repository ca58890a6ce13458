import type { Problem, VectorWork, Workload } from '@archon-dse/core';

/**
 * Small layers of every kind an accelerator meets: pointwise, strided, depthwise 3x3 and 5x5, grouped, classifier; then what networks
 * beyond those need: kernels and strides that are not square, dilation, several filters a channel, a dense layer at every position, a
 * product of two activations with one group a head, a batch.
 */
export const SAMPLE_WORKLOADS: readonly Workload[] = [
  sample('stem', 'stem', 'conv', { C: 3, M: 8, kernel: 3, plane: 8 }),
  sample('expand', 'expand', 'conv', { C: 8, M: 24, kernel: 1, plane: 8 }),
  sample('depthwise', 'depthwise', 'depthwise', { C: 1, M: 1, kernel: 3, plane: 4, stride: 2, groups: 24 }),
  sample('depthwise5', 'depthwise', 'depthwise', { C: 1, M: 1, kernel: 5, plane: 4, groups: 24 }),
  sample('project', 'project', 'conv', { C: 24, M: 12, kernel: 1, plane: 4 }),
  sample('grouped', 'pointwise', 'conv', { C: 4, M: 8, kernel: 1, plane: 4, groups: 3 }),
  sample('classifier', 'classifier', 'dense', { C: 24, M: 10, kernel: 1, plane: 1 }),
  sample('oblong', 'conv', 'conv', { C: 8, M: 8, kernel: 1, plane: 4, S: 3, strideP: 2 }),
  sample('dilated', 'conv', 'conv', { C: 8, M: 8, kernel: 3, plane: 4, dilationR: 2, dilationS: 2 }),
  sample('multiplied', 'depthwise', 'depthwise', { C: 1, M: 2, kernel: 3, plane: 4, groups: 12 }),
  sample('tokens', 'mlp', 'dense', { C: 8, M: 24, kernel: 1, plane: 1, P: 16 }),
  sample('scores', 'attention', 'matmul', { C: 8, M: 16, kernel: 1, plane: 1, P: 16, groups: 3 }),
  sample('batch', 'conv', 'conv', { C: 8, M: 8, kernel: 3, plane: 4, N: 2 }),
];

/** Work that is no multiply-accumulate, of layers next to the samples; an accelerator may run it, or leave it out. */
export const SAMPLE_VECTOR_WORK: readonly VectorWork[] = [
  { name: 'relu', block: 'head', role: 'activation', op: 'relu', inputs: 512, parameters: 0, outputs: 512 },
  { name: 'norm', block: 'b0', role: 'norm', op: 'layerNorm', inputs: 384, parameters: 48, outputs: 384 },
];

/** A problem, of which square kernels, planes and strides are given by one side. */
interface Shape extends Partial<Problem> {
  readonly C: number;
  readonly M: number;
  readonly kernel: number;
  readonly plane: number;
  readonly stride?: number;
  readonly groups?: number;
}

function sample(name: string, role: Workload['role'], op: Workload['op'], shape: Shape): Workload {
  const { kernel, plane, stride = 1, groups = 1, ...given } = shape;
  const square = { R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride };
  const problem = { ...square, ...given };
  const { C, M, R, S, P, Q, N } = problem;
  return {
    name,
    block: role === 'stem' ? 'head' : 'b0',
    role,
    op,
    problem,
    groups,
    macs: N * C * M * R * S * P * Q * groups,
  };
}
