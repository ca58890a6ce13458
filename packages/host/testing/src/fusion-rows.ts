import type { Density, Network } from '@archon-dse/core';
import { describeNetwork, fusionAnalysis, type FusionCost, type FusionOptions } from '@archon-dse/workload';

/** Weight densities of the published pruned networks. */
const PRUNED = { expand: 0.2, depthwise: 0.3, project: 0.2 } as const;

/**
 * The fusion analysis of a network as lines of text, to compare with a published table; the last line is the total. Columns:
 * block, multiplications layerwise and fused, their ratio, layerwise with 20 % of the pointwise and 30 % of the depthwise
 * weights, its ratio, fused with one multiplication per predicted activation, its ratio, additions per output cell with those
 * densities (not in the total).
 */
export function fusionRows(network: Network, options: Pick<FusionOptions, 'grouping'> = {}): readonly string[] {
  const { blocks, total } = fusionAnalysis(network, { ...options, densities: prunedDensities(network) });
  const { layers } = describeNetwork(network);
  const rows = blocks.map((block) => {
    const plane = layers.filter((layer) => layer.block === block.block).at(-1)?.out ?? [1, 1];
    return [block.block, ...costColumns(block), Math.round(block.sparseAdditions / (plane[0] * plane[1]))];
  });
  return [...rows, ['sum', ...costColumns(total)]].map((row) => row.join(' '));
}

function costColumns({ layerwise, layerwiseSparse, fused, predictedActivations }: FusionCost): (number | string)[] {
  const withMasks = fused + predictedActivations;
  const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);
  return [
    ...[layerwise, fused, ratio(layerwise, fused)],
    ...[Math.round(layerwiseSparse), ratio(layerwiseSparse, fused)],
    ...[withMasks, ratio(layerwise, withMasks)],
  ];
}

function prunedDensities(network: Network): Readonly<Record<string, Density>> {
  const roles: Readonly<Record<string, number>> = PRUNED;
  const entries = network.layers.map(({ name, role }): [string, Density] => [name, { weights: roles[role] ?? 1 }]);
  return Object.fromEntries(entries);
}
