import type { Density, Network, StageState, WeightMask } from '@archon-dse/core';
import { maskName, type NamedTensors, type TensorValue } from '@archon-dse/tensor';
import { MODEL_METRICS } from '../stages/stage-metrics.js';
import { packKernel } from './kernel-masks.js';

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
    return [{ layer: name, nonzero: nonzeroOf(kernel), total: kernel.data.length }];
  });
}

function nonzeroOf({ data }: TensorValue): number {
  return data.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
}

/** Weights of all layers together. */
export function sumWeights(layers: readonly LayerDensity[]): Omit<LayerDensity, 'layer'> {
  const sum = (of: 'nonzero' | 'total'): number => layers.reduce((all, layer) => all + layer[of], 0);
  return { nonzero: sum('nonzero'), total: sum('total') };
}

/** The kernels of a network that have a weight of zero. */
function zeroedKernels(network: Network, tensors: NamedTensors) {
  return network.layers.flatMap((layer) => {
    const name = `${layer.name}/kernel`;
    const kernel = tensors[name];
    return kernel === undefined || !kernel.data.includes(0) ? [] : [{ layer, name, kernel }];
  });
}

/** A mask for each kernel that has a weight of zero, by name of the kernel: with it, what is zero stays zero. */
export function zeroMasks(network: Network, tensors: NamedTensors): NamedTensors {
  const masks = zeroedKernels(network, tensors).map(({ name, kernel }): [string, TensorValue] => [
    name,
    { shape: kernel.shape, data: kernel.data.map((value) => (value === 0 ? 0 : 1)) },
  ]);
  return Object.fromEntries(masks);
}

/** Masks by name of the kernel, as the state of a model has them. */
export function maskTensors(masks: NamedTensors): NamedTensors {
  return Object.fromEntries(Object.entries(masks).map(([name, mask]) => [maskName(name), mask]));
}

/** Densities and masks of the layers that have a weight of zero; all others are dense. */
function measureWeights(network: Network, tensors: NamedTensors) {
  const densities: Record<string, Density> = {};
  const masks: Record<string, WeightMask> = {};
  for (const { layer, kernel } of zeroedKernels(network, tensors)) {
    densities[layer.name] = { weights: nonzeroOf(kernel) / kernel.data.length };
    masks[layer.name] = packKernel(layer, kernel);
  }
  return { densities, masks };
}

/** A state after its weights were replaced: what earlier stages measured on those before is gone, what the new ones show is there. */
export function withWeights(
  state: StageState,
  tensors: NamedTensors,
): StageState & Required<Pick<StageState, 'masks'>> {
  const { densities, masks } = measureWeights(state.network, tensors);
  const isOther = ([layer]: readonly [string, unknown]): boolean => tensors[`${layer}/kernel`] === undefined;
  const others = <T>(byLayer: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(byLayer).filter(isOther));
  return {
    ...state,
    densities: { ...others(state.densities), ...densities },
    masks: { ...others(state.masks ?? {}), ...masks },
    ...(state.precisions === undefined ? {} : { precisions: others(state.precisions) }),
    metrics: Object.fromEntries(Object.entries(state.metrics).filter(([metric]) => !MODEL_METRICS.includes(metric))),
  };
}
