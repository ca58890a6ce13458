import type { WindowCells } from './window.js';

/** Average or maximum of the real cells under a window; those outside the image count in neither. */
export class Pool {
  private readonly window: WindowCells;
  private readonly isMax: boolean;
  private readonly values: Float64Array;

  constructor(window: WindowCells, isMax: boolean) {
    this.window = window;
    this.isMax = isMax;
    this.values = new Float64Array(window.channels);
  }

  run(x: Float32Array, y: Float32Array): void {
    const { values, isMax } = this;
    const { cells, taps, at, channels } = this.window;
    for (let cell = 0; cell < cells; cell++) {
      values.fill(isMax ? -Infinity : 0);
      let real = 0;
      for (let tap = 0; tap < taps; tap++) {
        const from = at[cell * taps + tap]! * channels;
        if (from < 0) continue;
        real++;
        for (let c = 0; c < channels; c++) {
          values[c] = isMax ? Math.max(values[c]!, x[from + c]!) : values[c]! + x[from + c]!;
        }
      }
      const divisor = isMax ? 1 : real;
      for (let c = 0; c < channels; c++) y[cell * channels + c] = values[c]! / divisor;
    }
  }
}

/** Mean of each channel over the plane. */
export function averageOfPlane(x: Float32Array, sums: Float64Array, y: Float32Array): void {
  const channels = sums.length;
  sums.fill(0);
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) sums[c]! += x[at + c]!;
  }
  for (let c = 0; c < channels; c++) y[c] = (sums[c]! * channels) / x.length;
}
