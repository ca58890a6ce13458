import type { ConvNode } from '@archon-dse/tensor';
import type { Affine } from '../channels.js';
import type { FusedBlock } from '../block/fused-block.js';

/**
 * The non-zero products of one weight of each convolution, by the fused weight they belong to. Fused weight number `f` multiplies input channel
 * `from[f]`; channel `inputs`, one more than there are, is the constant 1 that carries the offsets of the first convolution. It is the sum of
 * `value[i]` for `i` from `start[f]` to `start[f + 1]` where the mask of unit `unit[i]` is 1.
 */
export interface Products {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  /** Fused weights of tap `t` and output channel `m`: from `rowStart[t * outputs + m]` to the next one, by input channel. */
  readonly rowStart: Int32Array;
  readonly from: Int32Array;
  readonly start: Int32Array;
  readonly unit: Int32Array;
  readonly value: Float64Array;
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
  const depthwise = second.conv.op === 'depthwise' ? second.conv : third.conv;
  const taps = depthwise.window.size ** 2;
  const inputs = (kernels[0].length / first.conv.shape[2]) * first.conv.groups;
  const outputs = third.conv.shape[2];
  const pairs =
    second.conv.op === 'depthwise' ? viaDepthwise(layers, kernels, affines) : viaPointwise(layers, kernels, affines);
  const lists = new ProductLists(inputs + 1);
  const rowStart = new Int32Array(taps * outputs + 1);
  for (let tap = 0; tap < taps; tap++) {
    for (let to = 0; to < outputs; to++) {
      pairs(tap, to, (unit, weight) => {
        const channel = first.order[unit] ?? 0;
        eachInput(first.conv, kernels[0], channel, (from, value) => {
          lists.add(from, unit, weight * value * (affines[0].scale[channel] ?? 0));
        });
        lists.add(inputs, unit, weight * (affines[0].offset[channel] ?? 0));
      });
      rowStart[tap * outputs + to + 1] = lists.close();
    }
  }
  return { inputs, outputs, taps, rowStart, ...lists.packed() };
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

/** Gathers products by input channel, row after row. */
class ProductLists {
  private readonly from: number[] = [];
  private readonly start: number[] = [0];
  private readonly unit: number[] = [];
  private readonly value: number[] = [];
  private readonly byInput: { unit: number; value: number }[][];

  constructor(inputs: number) {
    this.byInput = Array.from({ length: inputs }, () => []);
  }

  add(from: number, unit: number, value: number): void {
    if (value !== 0) this.byInput[from]?.push({ unit, value });
  }

  /** Ends a row and returns how many fused weights there are so far. */
  close(): number {
    this.byInput.forEach((products, from) => {
      if (products.length === 0) return;
      this.from.push(from);
      for (const { unit, value } of products) {
        this.unit.push(unit);
        this.value.push(value);
      }
      this.start.push(this.unit.length);
      products.length = 0;
    });
    return this.from.length;
  }

  packed(): Pick<Products, 'from' | 'start' | 'unit' | 'value'> {
    return {
      from: Int32Array.from(this.from),
      start: Int32Array.from(this.start),
      unit: Int32Array.from(this.unit),
      value: Float64Array.from(this.value),
    };
  }
}
