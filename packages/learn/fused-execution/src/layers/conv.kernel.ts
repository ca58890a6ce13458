import type { WindowCells } from './window.js';

/** A convolution of one image. Products are added in double precision, tap by tap and channel by channel, and rounded once. */
export class Convolution {
  private readonly window: WindowCells;
  private readonly kernel: Float32Array;
  private readonly sums: Float64Array;

  /** @param kernel - taps, channels of a group, filters (group by group) */
  constructor(window: WindowCells, kernel: Float32Array, filters: number) {
    this.window = window;
    this.kernel = kernel;
    this.sums = new Float64Array(filters);
  }

  run(x: Float32Array, y: Float32Array): void {
    const { sums, window } = this;
    const { cells, taps, at } = window;
    const filters = sums.length;
    for (let cell = 0; cell < cells; cell++) {
      sums.fill(0);
      for (let tap = 0; tap < taps; tap++) {
        const from = at[cell * taps + tap]!;
        if (from >= 0) this.addTap(x, from * window.channels, tap);
      }
      for (let m = 0; m < filters; m++) y[cell * filters + m] = sums[m]!;
    }
  }

  private addTap(x: Float32Array, from: number, tap: number): void {
    const { kernel, sums, window } = this;
    const filters = sums.length;
    const inputs = kernel.length / (window.taps * filters);
    const outputs = (filters * inputs) / window.channels;
    for (let c = 0, first = 0; c < window.channels; c += inputs, first += outputs) {
      for (let i = 0; i < inputs; i++) {
        const value = x[from + c + i]!;
        if (value === 0) continue;
        const weight = (tap * inputs + i) * filters;
        for (let m = first; m < first + outputs; m++) sums[m]! += value * kernel[weight + m]!;
      }
    }
  }
}

/** The same for a depthwise convolution: kernel of taps, channels. */
export class DepthwiseConvolution {
  private readonly window: WindowCells;
  private readonly kernel: Float32Array;
  private readonly sums: Float64Array;

  constructor(window: WindowCells, kernel: Float32Array) {
    this.window = window;
    this.kernel = kernel;
    this.sums = new Float64Array(window.channels);
  }

  run(x: Float32Array, y: Float32Array): void {
    const { kernel, sums } = this;
    const { cells, taps, at, channels } = this.window;
    for (let cell = 0; cell < cells; cell++) {
      sums.fill(0);
      for (let tap = 0; tap < taps; tap++) {
        const from = at[cell * taps + tap]! * channels;
        if (from < 0) continue;
        for (let c = 0; c < channels; c++) sums[c]! += x[from + c]! * kernel[tap * channels + c]!;
      }
      for (let c = 0; c < channels; c++) y[cell * channels + c] = sums[c]!;
    }
  }
}
