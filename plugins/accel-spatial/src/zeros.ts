import { unpackMask, type Workload } from '@archon-dse/core';
import type { Zeros, ZerosBySpace } from '@archon-dse/sparse-features';
import type { SpatialOptions } from './options.js';

/**
 * The zeros of a layer: the mask or density that a stage gave it, else what the options declare. The second operand of a product of two
 * activations has no declared zeros.
 */
export function layerZeros(workload: Workload, options: SpatialOptions): ZerosBySpace {
  const { density = {} } = workload;
  return {
    Weights: weightZeros(workload, options),
    Inputs: independent(density.inputs ?? options.inputDensity),
    Outputs: independent(density.outputs ?? 1),
  };
}

function weightZeros({ weightMask, density, op, problem }: Workload, options: SpatialOptions): Zeros {
  if (weightMask !== undefined) return { kind: 'mask', values: unpackMask(weightMask) };
  if (density?.weights !== undefined || op === 'matmul') return independent(density?.weights ?? 1);
  if (options.weightPattern === 'anywhere') return independent(options.weightDensity);
  return problem.C % 4 === 0 ? { kind: 'structured', dim: 'C', keep: 2, of: 4 } : independent(1);
}

function independent(density: number): Zeros {
  return { kind: 'independent', density };
}
