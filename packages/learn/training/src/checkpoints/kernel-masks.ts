import { fail, own, packMask, unpackMask, type Layer, type Network, type WeightMask } from '@archon-dse/core';
import { planModel, type NamedTensors, type TensorValue } from '@archon-dse/tensor';
import {
  fromOutputsFirst,
  outputsFirstShape,
  toOutputsFirst,
  windowedKernel,
  type KernelShape,
} from './outputs-first.js';

/** The weights of one layer in the order of masks: output channels first, then input channels of a group, rows, columns. */
export interface KernelWeights {
  readonly layer: Layer;
  readonly shape: KernelShape;
  readonly weights: Float32Array;
}

/**
 * Masks by a rule on weights, by name of the kernel, as `runStage` and `trainModel` take them.
 *
 * @param tensors - of a checkpoint
 * @param rule - one entry a weight, 0 for those to clear; nothing for a layer that is left as it is
 */
export function makeMasks(
  network: Network,
  tensors: NamedTensors,
  rule: (kernel: KernelWeights) => Uint8Array | undefined,
): NamedTensors {
  const masks = network.layers.flatMap((layer): [string, TensorValue][] => {
    const name = `${layer.name}/kernel`;
    const kernel = tensors[name];
    if (kernel === undefined) return [];
    const windowed = windowedKernel(layer, kernel);
    const isDepthwise = layer.op === 'depthwise';
    const weights = toOutputsFirst(windowed, isDepthwise);
    const mask = rule({ layer, shape: outputsFirstShape(windowed, isDepthwise), weights });
    if (mask === undefined) return [];
    return [[name, { ...fromOutputsFirst(mask, windowed, isDepthwise), shape: kernel.shape }]];
  });
  return Object.fromEntries(masks);
}

/** Which weights of a layer are not zero, 0 or 1 a weight, in the order of masks. */
export function nonZeroWeights(layer: Layer, kernel: TensorValue): Uint8Array {
  const weights = toOutputsFirst(windowedKernel(layer, kernel), layer.op === 'depthwise');
  return Uint8Array.from(weights, (value) => (value === 0 ? 0 : 1));
}

/** The mask of a layer as a state has it. */
export function packKernel(layer: Layer, kernel: TensorValue): WeightMask {
  const shape = outputsFirstShape(windowedKernel(layer, kernel), layer.op === 'depthwise');
  return packMask(shape, nonZeroWeights(layer, kernel));
}

/**
 * The masks of a state, by name of the kernel, as `runStage` and `trainModel` take them.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID when one has another shape than the weights of its layer
 */
export function stateMasks(network: Network, masks: Readonly<Record<string, WeightMask>>): NamedTensors {
  if (Object.keys(masks).length === 0) return {};
  const { weights } = planModel({ network, batch: 1 });
  const kernels = weights.map(({ name, shape }) => [name, { shape, data: new Float32Array(sizeOf(shape)) }] as const);
  return makeMasks(network, Object.fromEntries(kernels), ({ layer, shape }) => {
    const mask = own(masks, layer.name);
    if (mask === undefined || mask.shape.join() === shape.join()) return mask && unpackMask(mask);
    return fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `the mask of layer "${layer.name}" is ${mask.shape.join(' x ')}`,
      expected: shape.join(' x '),
      layer: layer.name,
    });
  });
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
