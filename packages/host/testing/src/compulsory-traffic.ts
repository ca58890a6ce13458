import { bitsOf, own, type AcceleratorRun, type NumberFormat, type PriceTables, type Workload } from '@archon-dse/core';
import { complaint, executedMacs } from './accelerator-checks.js';

/** Whether any action is known to move bits off the chip. */
export function hasOffChipActions({ ert }: PriceTables): boolean {
  return Object.values(ert).some((rows) => Object.values(rows).some(({ offChipBits = 0 }) => offChipBits > 0));
}

/**
 * What is wrong with the off-chip traffic of a run of one layer, which finds the machine empty and leaves it so: every weight comes in,
 * every input, and every output goes out, once at least. Rows and columns of zeros around the plane need not come in.
 *
 * @param wordBits - of values without a format of their own
 */
export function trafficProblems(
  run: AcceleratorRun,
  workload: Workload,
  prices: PriceTables,
  wordBits: number,
): readonly string[] {
  const { name, macs } = workload;
  const share = Math.min(1, executedMacs(run, name) / macs); // what is skipped need not come in
  const least = Math.floor(share * compulsoryBits(workload, wordBits));
  const moved = offChipBits(run, prices);
  return complaint(
    moved >= least,
    `${name}: ${moved} bits pass the memory outside the chip, at least ${least} have to`,
  );
}

function offChipBits({ layers }: AcceleratorRun, { ert }: PriceTables): number {
  const actions = layers.flatMap((layer) => layer.actions);
  return actions.reduce((sum, { component, action, count }) => {
    return sum + count * (own(own(ert, component) ?? {}, action)?.offChipBits ?? 0);
  }, 0);
}

/** Bits of the non-zero weights, of the inputs that the kernel touches inside the plane, and of the outputs. */
function compulsoryBits({ problem, groups, density = {}, precision = {} }: Workload, wordBits: number): number {
  const { C, M, R, S, P, Q, N, strideP, strideQ, dilationR = 1, dilationS = 1 } = problem;
  const bits = (format?: NumberFormat): number => (format === undefined ? wordBits : bitsOf(format));
  const plane = touched(P, R, strideP, dilationR) * touched(Q, S, strideQ, dilationS);
  const values = {
    weights: C * M * R * S,
    inputs: N * C * plane,
    outputs: N * M * P * Q,
  };
  const tensors = ['weights', 'inputs', 'outputs'] as const;
  return tensors.reduce(
    (sum, tensor) => sum + groups * values[tensor] * (density[tensor] ?? 1) * bits(precision[tensor]),
    0,
  );
}

/** Rows that a kernel touches in any case: the first of each output, and those between where neighbours overlap. */
function touched(outputs: number, kernel: number, stride: number, dilation: number): number {
  return (outputs - 1) * (dilation === 1 ? Math.min(kernel, stride) : 1) + 1;
}
