import type { Network } from '@archon-dse/core';
import { maskName, type NamedTensors, type TensorValue } from '@archon-dse/tensor';
import { zeroMasks } from '../checkpoints/measure-weights.js';

export interface HeldOptions {
  /** Weights to start from; drawn unless given. */
  readonly initial?: NamedTensors;
  /** Masks, by name of the kernel, that hold beside the zeros there are; see `stateMasks` and `makeMasks`. */
  readonly masks?: NamedTensors;
  /** `free` lets weights come back that are zero at the start: only `masks` hold then. `held` unless given. */
  readonly zeros?: 'held' | 'free';
}

/**
 * Masks, by name of the kernel, of the weights that are zero for the whole of a training, whatever trains: those that are zero at the start, and
 * those that given masks leave out. It is the only rule of what stays zero; rules of a batch may add to it and never take from it.
 */
export function heldMasks(network: Network, { initial = {}, masks = {}, zeros = 'held' }: HeldOptions): NamedTensors {
  return zeros === 'free' ? masks : bothMasks(zeroMasks(network, initial), masks);
}

/** Masks that leave out what either leaves out. */
export function bothMasks(first: NamedTensors, second: NamedTensors): NamedTensors {
  const shared = Object.entries(first).map(([name, mask]): [string, TensorValue] => {
    const other = second[name];
    if (other === undefined) return [name, mask];
    return [name, { ...mask, data: mask.data.map((keep, index) => keep * (other.data[index] ?? 0)) }];
  });
  return { ...second, ...Object.fromEntries(shared) };
}

/** Tensors whose weights are zero where a mask among them says so. */
export function clearMasked(tensors: NamedTensors): NamedTensors {
  const cleared = Object.entries(tensors).map(([name, value]) => {
    const mask = tensors[maskName(name)];
    if (mask === undefined) return [name, value] as const;
    return [name, { ...value, data: value.data.map((weight, index) => weight * (mask.data[index] ?? 1)) }] as const;
  });
  return Object.fromEntries(cleared);
}
