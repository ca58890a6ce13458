import { nonZeroShare, unpackMask, type LayerRun, type Workload } from '@archon-dse/core';

/**
 * Of the MACs that the runs of a workload execute, the share that nobody can leave out: that of non-zero values, where they are fewer. An
 * accelerator may leave zeros out of its actions and cycles and still count them as executed.
 */
export function requiredShare(workload: Workload, runs: readonly LayerRun[]): number {
  const executed = runs.reduce((sum, { macs }) => sum + macs, 0);
  return executed === 0 ? 1 : Math.min(1, (workload.macs * nonZeroMacShare(workload)) / executed);
}

/** Share of the MACs whose operands and output are not 0, as if these were independent. */
function nonZeroMacShare({ density = {}, weightMask }: Workload): number {
  const { weights = 1, inputs = 1, outputs = 1 } = density;
  return (weightMask === undefined ? weights : nonZeroShare(unpackMask(weightMask))) * inputs * outputs;
}
