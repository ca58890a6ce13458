import type { Density, Network } from '@archon-dse/core';
import { fusionAnalysis, type FusionAnalysis } from '@archon-dse/workload';
import { formatNumber } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

/** Weight densities, 0..1, at which the sparse columns are counted; those the publication pruned to unless given. */
export interface FusionDensities {
  readonly pointwise: number;
  readonly depthwise: number;
}

/** What fusing each block saves; nothing for a network without blocks to fuse. */
export function fusionOf(network: Network, { pointwise, depthwise }: FusionDensities): FusionAnalysis | undefined {
  if (!network.layers.some(({ role, block }) => role === 'expand' && block !== 'b0')) return undefined;
  const weights: Partial<Record<string, number>> = { expand: pointwise, project: pointwise, depthwise };
  const densities: Record<string, Density> = {};
  for (const { name, role } of network.layers) {
    const density = weights[role];
    if (density !== undefined) densities[name] = { weights: density };
  }
  return fusionAnalysis(network, { densities });
}

/** The analysis as a table, one row a block, with the sum below. */
export function fusionText({ blocks, total }: FusionAnalysis): string {
  const rows = [...blocks, { block: 'sum', ...total }].map((row) => [
    row.block,
    formatNumber(row.layerwise),
    formatNumber(row.fused),
    row.ratio.toFixed(2),
    formatNumber(Math.round(row.layerwiseSparse)),
    formatNumber(row.additions),
    formatNumber(Math.round(row.sparseAdditions)),
  ]);
  const head = ['block', 'layerwise', 'fused', 'ratio', 'layerwise, sparse', 'additions', 'additions, sparse'];
  return `Multiplications layer by layer and fused, and additions of the fused form:\n${formatTable(head, rows)}`;
}
