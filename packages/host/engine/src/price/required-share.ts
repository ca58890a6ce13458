import { unpackMask, type LayerRun, type Workload } from '@archon-dse/core';

/**
 * Of the MACs that the runs of a workload execute, the share that nobody can leave out: that of non-zero values, where they are fewer. An
 * accelerator may leave zeros out of its actions and cycles and still count them as executed.
 */
export function requiredShare(workload: Workload, runs: readonly LayerRun[]): number {
  const executed = runs.reduce((sum, { macs }) => sum + macs, 0);
  return executed === 0 ? 1 : Math.min(1, (workload.macs * nonZeroShare(workload)) / executed);
}

function nonZeroShare({ density = {}, weightMask }: Workload): number {
  const { weights = 1, inputs = 1, outputs = 1 } = density;
  return (weightMask === undefined ? weights : shareOf(unpackMask(weightMask))) * inputs * outputs;
}

function shareOf(mask: Uint8Array): number {
  return mask.length === 0 ? 1 : mask.reduce((sum, weight) => sum + weight, 0) / mask.length;
}
