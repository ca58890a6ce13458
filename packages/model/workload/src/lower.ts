import { own, type Layer, type Network, type Problem, type StageState, type Workload } from '@archon-dse/core';
import { layerCost } from './analysis.js';
import { FUSED_GROUPS, fusedGroupsByLayer } from './bottleneck.js';
import { checkDensities, checkMask, checkNames, checkPrecisions } from './lower-checks.js';
import { inferShapes, type ShapedLayer } from './shapes.js';

/** What stages found out about layers, by their names; a layer without an entry is dense and has the words of the accelerator. */
export type LayerFindings = Partial<Pick<StageState, 'densities' | 'masks' | 'precisions'>>;

/**
 * The layers an accelerator computes, in order: convolutions (those of squeeze-and-excite too), depthwise and dense layers.
 * A problem describes one group; `macs` counts all groups. A dense layer is a 1x1 convolution of a 1x1 plane.
 *
 * @param findings - of the stages; the state they left will do
 * @throws ArchonError ARCHON_NETWORK_INVALID when the network is not well formed, a finding names no layer of it, a density is out of
 *   range, a mask has another shape than the weights, or a format is none
 */
export function lowerToWorkloads(
  network: Network,
  { densities = {}, masks = {}, precisions = {} }: LayerFindings = {},
): readonly Workload[] {
  const shaped = inferShapes(network);
  checkNames(network, 'density', densities);
  checkNames(network, 'mask', masks);
  checkNames(network, 'precision', precisions);
  checkDensities(densities);
  checkPrecisions(precisions);
  const fused = fusedGroupsByLayer(shaped);
  return shaped.flatMap((entry) => {
    const { layer } = entry;
    const loops = loopsOf(layer, entry);
    if (loops === undefined) return [];
    const density = own(densities, layer.name);
    const precision = own(precisions, layer.name);
    const { macs } = layerCost(entry);
    const { name, block, role } = layer;
    const fusedGroups = fused.get(name);
    const workload: Workload = {
      ...{ name, block, role, ...loops, macs },
      ...(density === undefined ? {} : { density }),
      ...(precision === undefined ? {} : { precision }),
      ...(fusedGroups === undefined ? {} : { facts: { [FUSED_GROUPS]: fusedGroups } }),
    };
    const weightMask = own(masks, layer.name);
    if (weightMask === undefined) return [workload];
    checkMask(workload, weightMask);
    return [{ ...workload, weightMask }];
  });
}

function loopsOf(layer: Layer, shapes: ShapedLayer): Pick<Workload, 'op' | 'problem' | 'groups'> | undefined {
  const channels = shapes.inputs[0]?.[2] ?? 0;
  const [P, Q, filters] = shapes.output;
  const windowed = (kernel: number, stride: number, C: number, M: number): Problem => {
    return { C, M, R: kernel, S: kernel, P, Q, N: 1, strideP: stride, strideQ: stride };
  };
  switch (layer.op) {
    case 'conv': {
      const { kernel, stride, groups } = layer;
      return { op: 'conv', problem: windowed(kernel, stride, channels / groups, filters / groups), groups };
    }
    case 'depthwise':
      return { op: 'depthwise', problem: windowed(layer.kernel, layer.stride, 1, 1), groups: channels };
    case 'dense':
      return { op: 'dense', problem: windowed(1, 1, channels, filters), groups: 1 };
    default:
      return undefined;
  }
}
