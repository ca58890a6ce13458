import { own, type Network, type StageState, type Workload } from '@archon-dse/core';
import { FUSED_GROUPS, fusedGroupsByLayer } from './bottleneck.js';
import { loopsOf, macsOf, withBatch } from './loops.js';
import { checkDensities, checkMask, checkNames, checkPrecisions } from './lower-checks.js';
import type { Loops } from './operations/operation.js';
import { inferShapes, type ShapedLayer } from './shapes.js';

/** What stages found out about layers, by their names; a layer without an entry is dense and has the words of the accelerator. */
export type LayerFindings = Partial<Pick<StageState, 'densities' | 'masks' | 'precisions'>>;

/**
 * The multiply-accumulates an accelerator computes, in the order of their layers; `vectorWorkOf` gives the rest. A problem describes one
 * group; `macs` counts all groups and images. A transposed convolution whose kernel does not divide by its stride is several workloads,
 * named `LAYER/ROWSxCOLUMNS`.
 *
 * @param findings - of the stages; the state they left will do
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network is not well formed, a finding names no layer of it, a density is out of
 *   range, a mask has another shape than the weights, or a format is none
 */
export function lowerToWorkloads(network: Network, findings: LayerFindings = {}): readonly Workload[] {
  const shaped = inferShapes(network);
  checkFindings(network, findings);
  const fused = fusedGroupsByLayer(shaped);
  return shaped.flatMap((entry) =>
    loopsOf(entry).map((loops) => {
      const fusedGroups = fused.get(entry.layer.name);
      const workload = workloadOf(entry, withBatch(loops, network.batch ?? 1), findings);
      return fusedGroups === undefined ? workload : { ...workload, facts: { [FUSED_GROUPS]: fusedGroups } };
    }),
  );
}

function checkFindings(network: Network, { densities = {}, masks = {}, precisions = {} }: LayerFindings): void {
  checkNames(network, 'density', densities);
  checkNames(network, 'mask', masks);
  checkNames(network, 'precision', precisions);
  checkDensities(densities);
  checkPrecisions(precisions);
}

function workloadOf({ layer }: ShapedLayer, { part, ...loops }: Loops, findings: LayerFindings): Workload {
  const { name, block, role } = layer;
  const density = own(findings.densities ?? {}, name);
  const precision = own(findings.precisions ?? {}, name);
  const weightMask = own(findings.masks ?? {}, name);
  const workload: Workload = {
    ...{ name: part === undefined ? name : `${name}/${part}`, block, role, ...loops, macs: macsOf(loops) },
    ...(density === undefined ? {} : { density }),
    ...(precision === undefined ? {} : { precision }),
  };
  if (weightMask === undefined) return workload;
  checkMask(layer, workload, weightMask);
  return { ...workload, weightMask };
}
