import { packMask, type Density, type Network, type WeightMask } from '@archon-dse/core';
import type { NamedTensors } from '@archon-dse/tensor';
import { outputsFirstShape, toOutputsFirst } from './outputs-first.js';

/** Non-zero weights of one layer. */
export interface LayerDensity {
  readonly layer: string;
  readonly nonzero: number;
  readonly total: number;
}

/** Counts the weights of every layer that has a kernel, in the order of the network. */
export function countWeights(network: Network, tensors: NamedTensors): readonly LayerDensity[] {
  return network.layers.flatMap(({ name }) => {
    const kernel = tensors[`${name}/kernel`];
    if (kernel === undefined) return [];
    const nonzero = kernel.data.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
    return [{ layer: name, nonzero, total: kernel.data.length }];
  });
}

/** The kernels of convolutions that have a weight of zero; all others are dense. */
export function zeroedKernels(network: Network, tensors: NamedTensors) {
  return network.layers.flatMap(({ name: layer, op }) => {
    const name = `${layer}/kernel`;
    const kernel = tensors[name];
    if (kernel === undefined || op === 'dense' || !kernel.data.includes(0)) return [];
    return [{ layer, name, kernel, isDepthwise: op === 'depthwise' }];
  });
}

/** Densities and masks of the layers that have a weight of zero; all others are dense. */
export function measureWeights(network: Network, tensors: NamedTensors) {
  const densities: Record<string, Density> = {};
  const masks: Record<string, WeightMask> = {};
  for (const { layer, kernel, isDepthwise } of zeroedKernels(network, tensors)) {
    const values = Uint8Array.from(toOutputsFirst(kernel, isDepthwise), (value) => (value === 0 ? 0 : 1));
    densities[layer] = { weights: values.reduce((sum, value) => sum + value, 0) / values.length };
    masks[layer] = packMask(outputsFirstShape(kernel, isDepthwise), values);
  }
  return { densities, masks };
}
