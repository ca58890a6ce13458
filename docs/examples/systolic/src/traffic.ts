import type { Workload } from '@archon-dse/core';
import { tensorValues } from '@archon-dse/workload';
import { gemmOf } from './gemm.ts';
import { passesOf, type ArrayShape } from './passes.ts';

/** Values that a layer moves, of all its groups. */
export interface Traffic {
  readonly dramWeights: number;
  readonly dramInputs: number;
  readonly dramOutputs: number;
  /** Inputs that the buffer gives to the array, each window written out. */
  readonly arrayInputs: number;
  /** Partial sums that leave the array. */
  readonly sums: number;
}

/**
 * Weights come from DRAM straight into the array, each as often as there are parts of the steps. Inputs come once into the buffer where the
 * inputs of a part fit, else once for each fold of the columns; outputs leave once. Rows that two parts share count once.
 */
export function trafficOf(workload: Workload, shape: ArrayShape, bufferValues: number): Traffic {
  const gemm = gemmOf(workload);
  const { rowFolds, columnFolds, stepFolds } = passesOf(gemm, shape);
  const { weights, inputs, outputs } = tensorValues(workload);
  const fetches = inputs / stepFolds <= bufferValues ? 1 : columnFolds;
  const { groups } = workload;
  return {
    dramWeights: groups * stepFolds * weights,
    dramInputs: groups * fetches * inputs,
    dramOutputs: groups * outputs,
    arrayInputs: groups * columnFolds * gemm.inner * gemm.steps,
    sums: groups * rowFolds * outputs,
  };
}
