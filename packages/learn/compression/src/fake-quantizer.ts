/** A grid of `2^bits` values with 0 on it, nearest to a wanted range. */
export interface QuantizerGrid {
  /** Distance of two levels. */
  readonly scale: number;
  /** Code of the value 0. */
  readonly zeroCode: number;
  /** Value of code 0. */
  readonly low: number;
  /** Value of the last code. */
  readonly high: number;
}

/**
 * The grid for a range: its scale is that of the range, its ends are moved so that 0 is a level.
 *
 * @param min - below or at 0
 * @param max - above `min`, at or above 0
 * @source TensorFlow, `fake_quant_ops_functor.h`, full range: the zero point is rounded half away from zero
 */
export function quantizerGrid(min: number, max: number, bits: number): QuantizerGrid {
  const last = 2 ** bits - 1;
  const scale = (max - min) / last;
  const zeroCode = Math.min(last, Math.max(0, Math.floor(-min / scale + 0.5)));
  return { scale, zeroCode, low: -zeroCode * scale, high: (last - zeroCode) * scale };
}

/** What the ReLU predictor quantises its inputs to: 16 levels, -6.4 to 5.6 in steps of 0.8. @source ARCHON, ICS 2021 */
export const PREDICTOR_GRID = quantizerGrid(-6, 6, 4);

/** Code of a value, 0 .. 2^bits - 1, in single precision; a value half way between two levels goes up. */
export function quantizerCode(value: number, grid: QuantizerGrid): number {
  const low = Math.fround(grid.low);
  const clamped = Math.min(Math.fround(grid.high), Math.max(low, Math.fround(value)));
  const steps = Math.fround(Math.fround(clamped - low) / Math.fround(grid.scale));
  return Math.floor(Math.fround(steps + 0.5));
}

/** Replaces every value by its level. */
export function fakeQuantize(values: Float32Array, grid: QuantizerGrid, levels: Float32Array): void {
  const scale = Math.fround(grid.scale);
  const low = Math.fround(grid.low);
  values.forEach((value, index) => {
    levels[index] = Math.fround(scale * quantizerCode(value, grid)) + low;
  });
}
