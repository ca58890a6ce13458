import type { TensorShape } from '@archon-dse/core';
import type { ConvNode } from '@archon-dse/tensor';
import { windowCells, type WindowCells } from '../layers/window.js';
import type { TernaryKernel } from '../ternary-kernel.js';

/**
 * Where the weights of a ternary layer are not 0. Those of channel `m` and tap `t` are numbers `start[m * taps + t]` up to the next start, first
 * the positive ones, from `negative[m * taps + t]` on the negative ones; `from` is the channel each reads.
 */
export interface TernaryLayer {
  readonly window: WindowCells;
  readonly channels: number;
  readonly start: Int32Array;
  readonly negative: Int32Array;
  readonly from: Int32Array;
}

/** @param order - by channel of the convolution's input: the channel of the codes it is */
export function ternaryLayer(
  node: ConvNode,
  input: TensorShape,
  { signs }: TernaryKernel,
  order: Int32Array,
): TernaryLayer {
  const channels = node.shape[2];
  const taps = node.window.size ** 2;
  const from: number[] = [];
  const start = new Int32Array(channels * taps + 1);
  const negative = new Int32Array(channels * taps);
  for (let row = 0; row < channels * taps; row++) {
    const places = placesOf(node, signs, Math.floor(row / taps), row % taps);
    const withSign = (sign: number): number[] =>
      places.filter((place) => place.sign === sign).map((place) => order[place.input] ?? 0);
    from.push(...withSign(1));
    negative[row] = from.length;
    from.push(...withSign(-1));
    start[row + 1] = from.length;
  }
  return { window: windowCells(input, node), channels, start, negative, from: Int32Array.from(from) };
}

/** Input channels of one filter at one tap with their signs. */
function placesOf(node: ConvNode, signs: Int8Array, filter: number, tap: number): readonly Place[] {
  const filters = node.shape[2];
  if (node.op === 'depthwise') return [{ input: filter, sign: signs[tap * filters + filter] ?? 0 }];
  const inputs = signs.length / (filters * node.window.size ** 2);
  const group = Math.floor(filter / (filters / node.groups));
  return Array.from({ length: inputs }, (_, c) => {
    return { input: group * inputs + c, sign: signs[(tap * inputs + c) * filters + filter] ?? 0 };
  });
}

interface Place {
  readonly input: number;
  readonly sign: number;
}
