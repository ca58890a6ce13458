import type { Network } from '@archon-dse/core';
import type { NamedTensors, TensorValue } from '@archon-dse/tensor';
import { networkLayers, type NetworkLayer, type NetworkWeight } from '../network-layers.js';

/** A layer as Keras saves it: its name, and tensors by the names of `weight_names`. */
export interface KerasLayer {
  readonly name: string;
  readonly tensors: NamedTensors;
}

const CLASSES = {
  conv: 'conv2d',
  depthwise: 'depthwise_conv2d',
  dense: 'dense',
  batchNorm: 'batch_normalization',
} as const;

const PARTS: Readonly<Record<string, string>> = { mean: 'moving_mean', variance: 'moving_variance' };

/**
 * The layers of a Keras model of a network, in the order they are made and with the names Keras gives them. Each group of a convolution
 * is a layer of its own; gaps stand for layers without weights.
 *
 * @param first - number of the first layer of each class; 0 in a fresh session
 */
export function kerasLayers(network: Network, tensors: NamedTensors, first = 0): readonly KerasLayer[] {
  const counts: Record<string, number> = {};
  const nextName = (className: string): string => {
    const number = counts[className] ?? first;
    counts[className] = number + 1;
    return number === 0 ? className : `${className}_${String(number)}`;
  };
  return networkLayers(network).flatMap((layer) => [
    ...Array.from({ length: layer.groups }, (_, group) => {
      const name = nextName(CLASSES[layer.op]);
      const entries = layer.weights.map((weight) => [
        `${name}/${partName(layer, weight)}:0`,
        sliceGroup(tensors[weight.name], layer.groups, group),
      ]);
      return { name, tensors: Object.fromEntries(entries) as NamedTensors };
    }),
    { name: nextName('re_lu'), tensors: {} },
  ]);
}

function partName({ op }: NetworkLayer, { part }: NetworkWeight): string {
  return op === 'depthwise' && part === 'kernel' ? 'depthwise_kernel' : (PARTS[part] ?? part);
}

/** Filters `group * n` to `group * n + n - 1` of a kernel. */
function sliceGroup(tensor: TensorValue | undefined, groups: number, group: number): TensorValue {
  const { shape, data } = tensor ?? { shape: [], data: new Float32Array() };
  if (groups === 1) return { shape, data };
  const filters = shape.at(-1) ?? 0;
  const size = filters / groups;
  const isOwn = (index: number): boolean => Math.floor((index % filters) / size) === group;
  return { shape: [...shape.slice(0, -1), size], data: data.filter((_, index) => isOwn(index)) };
}
