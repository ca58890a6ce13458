import { quantiserCode } from '../layers/values.kernel.js';
import type { TernaryLayer } from './ternary-layer.js';
import { RECTIFIED_CODES, type Thresholds } from './thresholds.js';

/** 4-bit codes of real values, less the code of zero. */
export function encode(x: Float32Array, codes: Int8Array): void {
  for (let at = 0; at < x.length; at++) codes[at] = quantiserCode(x[at]!);
}

/** Sums of the codes under the window of every cell, each added, taken off or left out. Cells outside the image have the code of zero. */
export function sumCodes(layer: TernaryLayer, codes: Int8Array, sums: Int32Array): void {
  const { channels } = layer;
  const { cells, taps, at } = layer.window;
  sums.fill(0);
  for (let cell = 0; cell < cells; cell++) {
    for (let tap = 0; tap < taps; tap++) {
      const from = at[cell * taps + tap]!;
      if (from < 0) continue;
      for (let m = 0; m < channels; m++) {
        sums[cell * channels + m]! += sumTap(layer, m * taps + tap, codes, from * layer.window.channels);
      }
    }
  }
}

function sumTap({ start, negative, from }: TernaryLayer, row: number, codes: Int8Array, cell: number): number {
  let sum = 0;
  for (let i = start[row]!; i < negative[row]!; i++) sum += codes[cell + from[i]!]!;
  for (let i = negative[row]!; i < start[row + 1]!; i++) sum -= codes[cell + from[i]!]!;
  return sum;
}

/** Mask 1 where the value of a sum is above 0. */
export function maskSums(sums: Int32Array, { direction, least }: Thresholds, masks: Uint8Array): void {
  const channels = direction.length;
  for (let at = 0; at < sums.length; at += channels) {
    for (let m = 0; m < channels; m++) {
      masks[at + m] = sums[at + m]! * direction[m]! >= least[m * RECTIFIED_CODES]! ? 1 : 0;
    }
  }
}

/** Codes of the rectified values of sums, 0 to 7. */
export function encodeSums(sums: Int32Array, { direction, least }: Thresholds, codes: Int8Array): void {
  const channels = direction.length;
  for (let at = 0; at < sums.length; at += channels) {
    for (let m = 0; m < channels; m++) {
      const sum = sums[at + m]! * direction[m]!;
      const row = m * RECTIFIED_CODES;
      let code = 0;
      while (code + 1 < RECTIFIED_CODES && sum >= least[row + code + 1]!) code++;
      codes[at + m] = code;
    }
  }
}
