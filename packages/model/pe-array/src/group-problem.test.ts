import type { Workload } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { groupProblem } from './group-problem.js';

const layer = { name: 'layer', block: 'b1', role: 'depthwise', macs: 1 } as const;
const bounds = { R: 3, S: 3, P: 8, Q: 8, N: 1, strideP: 2, strideQ: 2 };

describe('groupProblem', () => {
  it('spreads the channels of a depthwise layer over M, each with inputs of its own', () => {
    const workload: Workload = { ...layer, op: 'depthwise', problem: { C: 1, M: 1, ...bounds }, groups: 96 };
    expect(groupProblem(workload)).toEqual({ problem: { C: 1, M: 96, ...bounds, depthwise: true }, repeats: 1 });
  });

  it('repeats the channels of a depthwise layer with several filters each, and the heads of a product', () => {
    const filters = { C: 1, M: 2, ...bounds };
    expect(groupProblem({ ...layer, op: 'depthwise', problem: filters, groups: 96 })).toEqual({
      problem: filters,
      repeats: 96,
    });
    const head = { ...bounds, C: 64, M: 197, R: 1, S: 1, P: 197, Q: 1, strideP: 1, strideQ: 1 };
    expect(groupProblem({ ...layer, op: 'matmul', problem: head, groups: 3 })).toEqual({ problem: head, repeats: 3 });
  });

  it('repeats one group of a grouped convolution', () => {
    const problem = { C: 20, M: 80, ...bounds };
    expect(groupProblem({ ...layer, op: 'conv', problem, groups: 3 })).toEqual({ problem, repeats: 3 });
  });
});
