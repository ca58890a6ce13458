import type { WindowCells } from '../layers/window.js';
import { mostWeights, type Products } from './products.js';

/** What of a block's result no product carries: offsets of the second and the third convolution. */
export interface Offsets {
  /** By output channel. */
  readonly last: Float64Array;
  /**
   * Of the second convolution: `value[i]` for the masks `middle[i]` of each row. Rows are output channels, read at the output's own cell,
   * where the second convolution is depthwise; else taps times output channels, read at the tap.
   */
  readonly start: Int32Array;
  readonly middle: Int32Array;
  readonly value: Float64Array;
}

/** A block as one convolution. */
export interface FusedMain {
  readonly products: Products;
  readonly offsets: Offsets;
  /** Cells of the block's input under the window of the depthwise convolution. */
  readonly window: WindowCells;
  /** Whether the second convolution is the depthwise one, so that its masks belong to output cells. */
  readonly depthwiseSecond: boolean;
  /** By unit: its channel in the first masks. */
  readonly firstOf: Int32Array;
  readonly firstChannels: number;
  /** By unit (depthwise second) or output channel: its channel in the second masks. */
  readonly secondOf: Int32Array;
  readonly secondChannels: number;
}

/** What the main phase reads. Masks are 0 or 1 for every cell and channel of the convolution in front of a ReLU. */
export interface MainInputs {
  readonly x: Float32Array;
  readonly first: Uint8Array;
  readonly second: Uint8Array;
}

/** The masks of a block alone. */
export type BlockMasks = Pick<MainInputs, 'first' | 'second'>;

/**
 * Computes a block: for every output cell and tap, fused weights are the sums of the products whose masks are 1, and each is multiplied by one
 * activation. Cells outside the image contribute nothing, no offset either.
 */
export class FusedRun {
  readonly main: FusedMain;
  private readonly sums: Float64Array;
  /** Fused weights of the current cell and tap. */
  private readonly weights: Float64Array;
  /** By output channel: whether its second mask is 1 at the tap, where masks of outputs stand there. */
  private readonly open: Uint8Array;

  constructor(main: FusedMain) {
    const { outputs } = main.products;
    this.main = main;
    this.sums = new Float64Array(outputs);
    this.weights = new Float64Array(mostWeights(main.products));
    this.open = new Uint8Array(outputs).fill(1);
  }

  run(inputs: MainInputs, y: Float32Array): void {
    const { sums, main } = this;
    const { window, offsets, depthwiseSecond } = main;
    const { cells, taps, at } = window;
    for (let cell = 0; cell < cells; cell++) {
      sums.set(offsets.last);
      if (depthwiseSecond) this.addOffsets(0, inputs.second, cell);
      for (let tap = 0; tap < taps; tap++) {
        const from = at[cell * taps + tap]!;
        if (from < 0) continue;
        if (!depthwiseSecond) this.openOutputs(inputs.second, from, tap);
        this.addProducts(inputs, from, cell, tap);
        this.multiply(inputs.x, from, tap);
      }
      for (let m = 0; m < sums.length; m++) y[cell * sums.length + m] = sums[m]!;
    }
  }

  private openOutputs(second: Uint8Array, from: number, tap: number): void {
    const { open } = this;
    const { secondOf, secondChannels } = this.main;
    for (let m = 0; m < open.length; m++) open[m] = second[from * secondChannels + secondOf[m]!]!;
    this.addOffsets(tap * open.length, second, from);
  }

  private addOffsets(row: number, second: Uint8Array, cell: number): void {
    const { sums } = this;
    const { offsets, secondChannels } = this.main;
    const { start, middle, value } = offsets;
    for (let m = 0; m < sums.length; m++) {
      for (let i = start[row + m]!; i < start[row + m + 1]!; i++) {
        if (second[cell * secondChannels + middle[i]!] === 1) sums[m]! += value[i]!;
      }
    }
  }

  /** Builds the fused weights of a tap, seen from an output cell, out of the products of the units that pass. */
  private addProducts({ first, second }: MainInputs, from: number, cell: number, tap: number): void {
    const { weights } = this;
    const { products, firstOf, firstChannels, secondOf, secondChannels, depthwiseSecond } = this.main;
    const { units, tapStart, start, weight, value } = products;
    const base = tapStart[tap]!;
    weights.fill(0, 0, tapStart[tap + 1]! - base);
    for (let unit = 0, row = tap * units; unit < units; unit++, row++) {
      if (first[from * firstChannels + firstOf[unit]!] === 0) continue;
      if (depthwiseSecond && second[cell * secondChannels + secondOf[unit]!] === 0) continue;
      for (let i = start[row]!; i < start[row + 1]!; i++) weights[weight[i]! - base]! += value[i]!;
    }
  }

  private multiply(x: Float32Array, cell: number, tap: number): void {
    const { sums, open, weights } = this;
    const { inputs, tapStart, to, from } = this.main.products;
    const base = tapStart[tap]!;
    for (let f = base; f < tapStart[tap + 1]!; f++) {
      const m = to[f]!;
      if (open[m] === 0) continue;
      const channel = from[f]!;
      sums[m]! += channel === inputs ? weights[f - base]! : weights[f - base]! * x[cell * inputs + channel]!;
    }
  }
}
