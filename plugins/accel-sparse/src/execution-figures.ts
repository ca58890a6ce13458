import { nonZeroShare, type LayerExecution, type LayerRun } from '@archon-dse/core';
import type { ExecutedPasses, LayerInputs } from '@archon-dse/pe-array';
import { wholeCycles } from './bandwidth.js';
import { total, type GroupRun } from './group-run.js';

/** What executing a layer found. */
export function executionFigures(
  groups: readonly GroupRun<ExecutedPasses>[],
  inputs: LayerInputs,
  analytical: LayerRun,
  weightDensity: number,
): LayerExecution {
  const ideal = total(groups, ({ passes }) => passes.idealCycles);
  const slowest = total(groups, ({ passes }) => passes.cycles);
  const stalls = {
    imbalance: slowest - ideal,
    buffers: total(groups, ({ passes, cycles }) => cycles - wholeCycles(passes.cycles)),
  };
  return {
    cyclesAnalytical: analytical.cycles,
    stalls: Object.fromEntries(Object.entries(stalls).filter(([, lost]) => lost > 0)),
    shares: {
      weightDensity,
      activationDensity: total(inputs.images, nonZeroShare) / inputs.images.length,
      peUtilization: slowest === 0 ? 0 : ideal / slowest,
    },
    histograms: { multiplications: histogramOf(groups) },
  };
}

/** Passes of a PE by their multiplications, over all groups and images, without the zeros at the end. */
function histogramOf(groups: readonly GroupRun<ExecutedPasses>[]): readonly number[] {
  const [first] = groups;
  if (first === undefined) return [];
  const sums = first.passes.histogram.map((_, count) => total(groups, ({ passes }) => passes.histogram[count] ?? 0));
  const most = sums.reduce((last, passes, count) => (passes > 0 ? count : last), 0);
  return [...sums.subarray(0, most + 1)];
}
