import type { ConvNode } from '@archon-dse/tensor';
import type { Affine } from '../channels.js';
import type { FusedBlock } from '../block/fused-block.js';
import { ProductLists } from './product-lists.js';

/**
 * The non-zero products of one weight of each convolution, and the fused weights they add up to. A fused weight belongs to a tap, an output channel
 * and an input channel; channel `inputs`, one more than there are, is the constant 1 that carries the offsets of the first convolution. It is the
 * sum of its products whose units pass.
 */
export interface Products {
  readonly inputs: number;
  readonly outputs: number;
  readonly units: number;
  /** Fused weights of tap `t`: from `tapStart[t]` to `tapStart[t + 1]`, by output channel and then input channel. */
  readonly tapStart: Int32Array;
  /** Output and input channel of every fused weight. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** Products of tap `t` and unit `u`: from `start[t * units + u]` to the next one. */
  readonly start: Int32Array;
  /** Number of the fused weight that a product is part of, and its value. */
  readonly weight: Int32Array;
  readonly value: Float64Array;
}

/** Most fused weights that a tap has. */
export function mostWeights({ tapStart }: Pick<Products, 'tapStart'>): number {
  return tapStart.reduce((most, end, tap) => Math.max(most, end - (tapStart[tap - 1] ?? 0)), 0);
}

/** Scale and offset behind each convolution. */
export type Affines = readonly [Affine, Affine, Affine];

/** Kernels of the three convolutions. */
export type Kernels = readonly [Float32Array, Float32Array, Float32Array];

/**
 * All products of a block. Their units are the channels of the second convolution's input: where that one is depthwise the mask of a unit
 * is that of the first ReLU at the tap and of the second at the output, elsewhere of the first alone.
 */
export function productsOf({ layers }: FusedBlock, kernels: Kernels, affines: Affines): Products {
  const [first, second, third] = layers;
  const isDepthwise = second.conv.op === 'depthwise';
  const taps = (isDepthwise ? second : third).conv.window.size ** 2;
  const inputs = (kernels[0].length / first.conv.shape[2]) * first.conv.groups;
  const outputs = third.conv.shape[2];
  const pairs = isDepthwise ? viaDepthwise(layers, kernels, affines) : viaPointwise(layers, kernels, affines);
  const lists = new ProductLists(inputs + 1, first.order.length);
  for (let tap = 0; tap < taps; tap++) {
    for (let to = 0; to < outputs; to++) {
      pairs(tap, to, (unit, weight) => {
        const channel = first.order[unit] ?? 0;
        eachInput(first.conv, kernels[0], channel, (from, value) => {
          lists.add(from, unit, weight * value * (affines[0].scale[channel] ?? 0));
        });
        lists.add(inputs, unit, weight * (affines[0].offset[channel] ?? 0));
      });
      lists.endOutput(to);
    }
    lists.endTap();
  }
  return { inputs, outputs, units: first.order.length, ...lists.packed() };
}

/** Calls back with every unit that reaches an output channel through a tap, and the product of the weights on the way. */
type Pairs = (tap: number, to: number, visit: (unit: number, weight: number) => void) => void;

function viaDepthwise([, second, third]: FusedBlock['layers'], kernels: Kernels, affines: Affines): Pairs {
  const units = second.conv.shape[2];
  return (tap, to, visit) => {
    eachInput(third.conv, kernels[2], to, (at, weight) => {
      const unit = second.order[at] ?? 0;
      const spatial = (kernels[1][tap * units + unit] ?? 0) * (affines[1].scale[unit] ?? 0);
      visit(unit, weight * (affines[2].scale[to] ?? 0) * spatial);
    });
  };
}

function viaPointwise([, second, third]: FusedBlock['layers'], kernels: Kernels, affines: Affines): Pairs {
  const outputs = third.conv.shape[2];
  return (tap, to, visit) => {
    const spatial = (kernels[2][tap * outputs + to] ?? 0) * (affines[2].scale[to] ?? 0);
    const middle = second.order[to] ?? 0;
    eachInput(second.conv, kernels[1], middle, (unit, weight) => {
      visit(unit, spatial * weight * (affines[1].scale[middle] ?? 0));
    });
  };
}

/** The weights of one filter of a pointwise convolution. */
export function eachInput(
  { shape, groups }: ConvNode,
  kernel: Float32Array,
  filter: number,
  visit: (from: number, weight: number) => void,
): void {
  const filters = shape[2];
  const inputs = kernel.length / filters;
  const group = Math.floor(filter / (filters / groups));
  for (let c = 0; c < inputs; c++) {
    const weight = kernel[c * filters + filter] ?? 0;
    if (weight !== 0) visit(group * inputs + c, weight);
  }
}
