import { QUANTISER, type Levels } from '@archon-dse/tensor';

/** `scale * x + offset` of each channel. */
export function scaleChannels(x: Float32Array, scale: Float64Array, offset: Float64Array, y: Float32Array): void {
  const channels = scale.length;
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) y[at + c] = x[at + c]! * scale[c]! + offset[c]!;
  }
}

export function rectify(x: Float32Array, y: Float32Array): void {
  for (let at = 0; at < x.length; at++) y[at] = Math.max(x[at]!, 0);
}

export function squash(x: Float32Array, y: Float32Array): void {
  for (let at = 0; at < x.length; at++) y[at] = 1 / (1 + Math.exp(-x[at]!));
}

/** `x` where `mask` is above 0, unclamped, and 0 elsewhere. */
export function gate(x: Float32Array, mask: Float32Array, y: Float32Array): void {
  for (let at = 0; at < x.length; at++) y[at] = mask[at]! > 0 ? x[at]! : 0;
}

/** Code of a value less that of zero: -8 to 7. A value half way between two levels goes up. @source {@link QUANTISER} */
export function quantiserCode(value: number): number {
  return levelCode(value, QUANTISER);
}

function levelCode(value: number, { least, most, step }: Levels): number {
  return Math.floor((Math.min(Math.max(value, least), most) - least) / step + 0.5) + Math.round(least / step);
}

export function quantise(x: Float32Array, levels: Levels, y: Float32Array): void {
  for (let at = 0; at < x.length; at++) y[at] = levelCode(x[at]!, levels) * levels.step;
}

export function addInto(x: Float32Array, sums: Float32Array): void {
  for (let at = 0; at < x.length; at++) sums[at]! += x[at]!;
}

/** Each channel of a plane times the one value of it. */
export function multiplyChannels(x: Float32Array, factors: Float32Array, y: Float32Array): void {
  const channels = factors.length;
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) y[at + c] = x[at + c]! * factors[c]!;
  }
}

/** Copies `count` channels of every cell to channel `to` of the cells of `y`. */
export function moveChannels(x: Float32Array, count: number, y: Float32Array, channels: number, to: number): void {
  for (let from = 0, at = to; from < x.length; from += count, at += channels) {
    for (let c = 0; c < count; c++) y[at + c] = x[from + c]!;
  }
}

/** Channel `order[c]` of every cell of `x` becomes channel `c`. */
export function permuteChannels(x: Float32Array, order: Int32Array, y: Float32Array): void {
  const channels = order.length;
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) y[at + c] = x[at + order[c]!]!;
  }
}
