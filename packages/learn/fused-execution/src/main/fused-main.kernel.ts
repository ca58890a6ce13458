import type { WindowCells } from '../layers/window.js';
import type { Products } from './products.js';

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

/**
 * Computes a block: for every output cell and tap, fused weights are the sums of the products whose masks are 1, and each is multiplied by one
 * activation. Cells outside the image contribute nothing, no offset either.
 */
export class FusedRun {
  readonly main: FusedMain;
  private readonly sums: Float64Array;
  /** By unit: 1 where its masks are, both of them where the second convolution is the depthwise one. */
  private readonly live: Float64Array;
  private readonly open: Uint8Array;

  constructor(main: FusedMain) {
    this.main = main;
    this.sums = new Float64Array(main.products.outputs);
    this.live = new Float64Array(main.firstOf.length);
    this.open = new Uint8Array(main.products.outputs).fill(1);
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
        if (depthwiseSecond) this.joinMasks(inputs, from, cell);
        else this.readMasks(inputs, from, tap);
        this.addTap(inputs.x, from, tap);
      }
      for (let m = 0; m < sums.length; m++) y[cell * sums.length + m] = sums[m]!;
    }
  }

  /** Masks of the units at a tap, seen from an output cell. */
  private joinMasks({ first, second }: MainInputs, from: number, cell: number): void {
    const { live } = this;
    const { firstOf, firstChannels, secondOf, secondChannels } = this.main;
    for (let unit = 0; unit < live.length; unit++) {
      live[unit] = first[from * firstChannels + firstOf[unit]!]! & second[cell * secondChannels + secondOf[unit]!]!;
    }
  }

  /** Masks of the units and of the output channels, both at a tap. */
  private readMasks({ first, second }: MainInputs, from: number, tap: number): void {
    const { live, open } = this;
    const { firstOf, firstChannels, secondOf, secondChannels } = this.main;
    for (let unit = 0; unit < live.length; unit++) live[unit] = first[from * firstChannels + firstOf[unit]!]!;
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

  private addTap(x: Float32Array, cell: number, tap: number): void {
    const { sums, live, open } = this;
    const { inputs, outputs, rowStart, from, start, unit, value } = this.main.products;
    for (let m = 0; m < outputs; m++) {
      if (open[m] === 0) continue;
      const row = tap * outputs + m;
      let sum = 0;
      for (let f = rowStart[row]!; f < rowStart[row + 1]!; f++) {
        let weight = 0;
        for (let i = start[f]!; i < start[f + 1]!; i++) weight += value[i]! * live[unit[i]!]!;
        const channel = from[f]!;
        sum += channel === inputs ? weight : weight * x[cell * inputs + channel]!;
      }
      sums[m]! += sum;
    }
  }
}
