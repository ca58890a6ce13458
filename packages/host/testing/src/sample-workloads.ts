import type { Workload } from '@archon-dse/core';

/** Small layers of every kind an accelerator meets: pointwise, strided, depthwise 3x3 and 5x5, grouped, classifier. */
export const SAMPLE_WORKLOADS: readonly Workload[] = [
  sample('stem', 'stem', 'conv', { C: 3, M: 8, kernel: 3, plane: 8, stride: 1 }),
  sample('expand', 'expand', 'conv', { C: 8, M: 24, kernel: 1, plane: 8, stride: 1 }),
  sample('depthwise', 'depthwise', 'depthwise', { C: 1, M: 1, kernel: 3, plane: 4, stride: 2, groups: 24 }),
  sample('depthwise5', 'depthwise', 'depthwise', { C: 1, M: 1, kernel: 5, plane: 4, stride: 1, groups: 24 }),
  sample('project', 'project', 'conv', { C: 24, M: 12, kernel: 1, plane: 4, stride: 1 }),
  sample('grouped', 'pointwise', 'conv', { C: 4, M: 8, kernel: 1, plane: 4, stride: 1, groups: 3 }),
  sample('classifier', 'classifier', 'dense', { C: 24, M: 10, kernel: 1, plane: 1, stride: 1 }),
];

interface Shape {
  readonly C: number;
  readonly M: number;
  readonly kernel: number;
  readonly plane: number;
  readonly stride: number;
  readonly groups?: number;
}

function sample(name: string, role: Workload['role'], op: Workload['op'], shape: Shape): Workload {
  const { C, M, kernel, plane, stride, groups = 1 } = shape;
  const problem = { C, M, R: kernel, S: kernel, P: plane, Q: plane, N: 1, strideP: stride, strideQ: stride };
  const macs = C * M * kernel ** 2 * plane ** 2 * groups;
  return { name, block: role === 'stem' ? 'head' : 'b0', role, op, problem, groups, macs };
}
