import { bitsOf, type NumberFormat, type Workload } from '@archon-dse/core';

/** Bits of each tensor of one group of a layer. */
export interface TensorBits {
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** The tensors of one group, each value once. @param wordBits - of values without a format of their own */
export function tensorBits({ problem, precision = {} }: Workload, wordBits: number): TensorBits {
  const { C, M, R, S, P, Q, N, strideP, strideQ } = problem;
  const bits = (format?: NumberFormat): number => (format === undefined ? wordBits : bitsOf(format));
  const rows = Math.min((P - 1) * strideP + R, P * R);
  const columns = Math.min((Q - 1) * strideQ + S, Q * S);
  return {
    weights: M * C * R * S * bits(precision.weights),
    inputs: N * C * rows * columns * bits(precision.inputs),
    outputs: N * M * P * Q * bits(precision.outputs),
  };
}

/**
 * Bits that one group moves between DRAM and the buffer. One operand stays, in as many pieces as it takes, while the other passes by once
 * for each piece; whichever way round moves less. Rows that neighbouring pieces of the inputs share count once, partial sums not at all.
 */
export function trafficBits({ weights, inputs, outputs }: TensorBits, bufferBits: number): number {
  const pieces = (bits: number): number => Math.ceil(bits / bufferBits);
  const weightsStay = weights + pieces(weights) * inputs;
  const inputsStay = inputs + pieces(inputs) * weights;
  return Math.min(weightsStay, inputsStay) + outputs;
}
