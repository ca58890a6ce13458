import { splitTensors } from '@archon-dse/compression';
import { ternarize, ternaryWeights, type NamedTensors, type TensorValue } from '@archon-dse/tensor';
import type { BatchRule } from './batch-rule.js';
import { fromOutputsFirst, toOutputsFirst } from '../checkpoints/outputs-first.js';

/** A kernel that a constraint keeps ternary. */
export interface TernaryKernel {
  readonly name: string;
  /** The kernel it stands for in the predictor. */
  readonly predicts: string;
  /** Tensors with a threshold and a scale of their own: the groups of a convolution; a depthwise kernel is one. */
  readonly tensors: number;
  readonly isDepthwise: boolean;
}

/**
 * Replaces kernels by their ternary values after each step. Between steps they are in {-alpha, 0, alpha}, so a weight changes its level only
 * when a single step carries it across the threshold.
 *
 * @source the predictor of FusioNet for CIFAR-100 published with ARCHON, ICS 2021, whose kernels have this as a constraint
 */
export function createTernariser(kernels: readonly TernaryKernel[], masked: readonly string[]): BatchRule {
  return {
    masked,
    async afterBatch(model) {
      await model.writeState(ternaryOf(kernels, await model.readState(kernels.map(({ name }) => name))));
    },
  };
}

/** The ternary values of kernels, by name. */
export function ternaryOf(kernels: readonly TernaryKernel[], values: NamedTensors): NamedTensors {
  const made = kernels.flatMap((kernel) => {
    const value = values[kernel.name];
    return value === undefined ? [] : [[kernel.name, ternaryValue(kernel, value)] as const];
  });
  return Object.fromEntries(made);
}

function ternaryValue({ tensors, isDepthwise }: TernaryKernel, kernel: TensorValue): TensorValue {
  const weights = toOutputsFirst(kernel, isDepthwise);
  for (const tensor of splitTensors(weights, tensors)) {
    const signs = new Int8Array(tensor.length);
    ternaryWeights(signs, ternarize(tensor, signs).alpha, tensor);
  }
  return fromOutputsFirst(weights, kernel, isDepthwise);
}
