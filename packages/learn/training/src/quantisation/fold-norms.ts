import { foldNorm } from '@archon-dse/compression';
import type { Layer, Network } from '@archon-dse/core';
import { BATCH_NORM, type NamedTensors, type TensorValue } from '@archon-dse/tensor';
import { fusedAfter, readersOf } from './kept-values.js';

/**
 * The same network with each BatchNorm that follows a layer of its own inside its weights, as inference hardware has it. The BatchNorm stays
 * and adds the bias: gamma 1, mean 0, variance 1 less its epsilon. One that follows anything else, and a bias without one, stay as they are.
 */
export function foldNorms(network: Network, tensors: NamedTensors): NamedTensors {
  const readers = readersOf(network);
  const folded = network.layers.flatMap((layer) => {
    const norm = fusedAfter(layer, readers);
    const kernel = tensors[`${layer.name}/kernel`];
    if (norm?.op !== 'batchNorm' || kernel === undefined) return [];
    return Object.entries(foldInto(layer, norm.name, kernel, tensors));
  });
  return { ...tensors, ...Object.fromEntries(folded) };
}

function foldInto({ name }: Layer, norm: string, kernel: TensorValue, tensors: NamedTensors): NamedTensors {
  const part = (of: string): Float32Array => tensors[`${norm}/${of}`]?.data ?? new Float32Array();
  const [gamma, beta, mean, variance] = [part('gamma'), part('beta'), part('mean'), part('variance')];
  const bias = tensors[`${name}/bias`];
  const { factor, shift } = foldNorm({ gamma, beta, mean, variance, epsilon: BATCH_NORM.epsilon }, bias?.data);
  const channels = factor.length;
  const channelOf = (index: number): number => index % channels; // they are last in all kernels, but for the 1 of depthwise ones
  const filled = (value: number): TensorValue => ({ shape: [channels], data: new Float32Array(channels).fill(value) });
  return {
    [`${name}/kernel`]: {
      ...kernel,
      data: kernel.data.map((weight, index) => weight * (factor[channelOf(index)] ?? 1)),
    },
    ...(bias === undefined ? {} : { [`${name}/bias`]: filled(0) }),
    [`${norm}/gamma`]: filled(1),
    [`${norm}/beta`]: { shape: [channels], data: shift },
    [`${norm}/mean`]: filled(0),
    [`${norm}/variance`]: filled(1 - BATCH_NORM.epsilon),
  };
}
