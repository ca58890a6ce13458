import type { FusedBlock } from '@archon-dse/archon-model';
import { nonZeroShare, unpackMask, type Workload } from '@archon-dse/core';
import type { ArchonOptions } from './options.js';
import { keptByDensities, publishedKept } from './rules.js';

type Trio = readonly [Workload, Workload, Workload];

/**
 * What is left of the weights of a block: by rule a constant of the publication, else the product of the densities of its layers, as if
 * their zeros were independent. The densities are those of the layers' masks or stages; in a network without any, the declared ones.
 */
export function keptWeights(
  workloads: readonly Workload[],
  options: ArchonOptions,
): (block: Omit<FusedBlock, 'kept'>, layers: Trio) => FusedBlock['kept'] {
  const isPruned = workloads.some(({ density, weightMask }) => (weightMask ?? density?.weights) !== undefined);
  const byDensities = keptByDensities(options);
  const { pointwiseDensity, depthwiseDensity } = options;
  const densityOf = (workload: Workload): number => {
    if (isPruned) return measuredDensity(workload);
    return workload.op === 'depthwise' ? depthwiseDensity : pointwiseDensity;
  };
  return (block, [first, second, third]) => {
    if (!byDensities) return { fraction: publishedKept(block) };
    return { densities: [densityOf(first), densityOf(second), densityOf(third)] };
  };
}

/** A layer without figures in a pruned network is dense. */
function measuredDensity({ density, weightMask }: Workload): number {
  return weightMask === undefined ? (density?.weights ?? 1) : nonZeroShare(unpackMask(weightMask));
}
