/**
 * Positions of a rank of Inputs that windows have in common. A window of `p` output iterations and `r` kernel iterations holds
 * the positions `i * stride + j * dilation`, `0 <= i < p`, `0 <= j < r`; strides and dilations may leave holes between them.
 *
 * Divided by their greatest common divisor the two steps are coprime, `small <= large`, and each position is `i * small + j * large` with a
 * single `j` below `small`: its class. Within a class the positions are runs of as many `i` as the dimension of the small step has
 * iterations, `large` apart. So what two windows share is what the runs of at most `small` pairs of classes share; that is one pair for every
 * stride without dilation.
 */
export class WindowOverlap {
  private readonly stride: number;
  private readonly dilation: number;
  private readonly divisor: number;
  private readonly small: number;
  private readonly large: number;
  /** Whether the output dimension makes the small steps. */
  private readonly outputIsSmall: boolean;

  constructor(stride: number, dilation: number) {
    let divisor = stride;
    for (let rest = dilation; rest !== 0;) [divisor, rest] = [rest, divisor % rest];
    this.stride = stride;
    this.dilation = dilation;
    this.divisor = divisor;
    this.outputIsSmall = stride <= dilation;
    this.small = Math.min(stride, dilation) / divisor;
    this.large = Math.max(stride, dilation) / divisor;
  }

  /** Positions that a window of `p` x `r` iterations holds, as `distinctOffsets` counts them. */
  positions(p: number, r: number): number {
    const twins = Math.max(0, p - this.dilation / this.divisor) * Math.max(0, r - this.stride / this.divisor);
    return p * r - twins;
  }

  /** Positions of a window of `newP` x `newR` iterations that a window of `oldP` x `oldR` which starts `shift` positions before it holds too. */
  shared(newP: number, newR: number, oldP: number, oldR: number, shift: number): number {
    const { stride, dilation } = this;
    if (shift > (oldP - 1) * stride + (oldR - 1) * dilation) return 0;
    if (-shift > (newP - 1) * stride + (newR - 1) * dilation) return 0;
    if (shift % this.divisor !== 0) return 0;
    const { small, large, outputIsSmall } = this;
    const newRun = outputIsSmall ? newP : newR;
    const oldRun = outputIsSmall ? oldP : oldR;
    const newCount = outputIsSmall ? newR : newP;
    const oldCount = outputIsSmall ? oldR : oldP;
    const moved = shift / this.divisor;
    let turn = 0;
    while ((moved - turn * large) % small !== 0) turn++;
    const steps = (moved - turn * large) / small;
    let words = 0;
    for (let own = 0; own < small && own < newCount; own++) {
      const wraps = own + turn >= small;
      const other = wraps ? own + turn - small : own + turn;
      if (other >= oldCount) continue;
      const newRuns = Math.floor((newCount - 1 - own) / small) + 1;
      const oldRuns = Math.floor((oldCount - 1 - other) / small) + 1;
      words += this.sharedRuns(newRuns, newRun, oldRuns, oldRun, wraps ? steps + large : steps);
    }
    return words;
  }

  /** What `countA` runs of `lengthA` places, the first one at `shift`, share with `countB` runs of `lengthB` from 0 on. */
  private sharedRuns(countA: number, lengthA: number, countB: number, lengthB: number, shift: number): number {
    const apart = this.large;
    if (lengthA >= apart || countA === 1) {
      const end = shift + (countA - 1) * apart + lengthA;
      return placesBelow(end, countB, lengthB, apart) - placesBelow(shift, countB, lengthB, apart);
    }
    if (lengthB >= apart || countB === 1) {
      const end = (countB - 1) * apart + lengthB - shift;
      return placesBelow(end, countA, lengthA, apart) - placesBelow(-shift, countA, lengthA, apart);
    }
    // Each run of A meets the run of B that starts at most `apart` before it, and the next one.
    const ahead = Math.floor(shift / apart);
    const late = shift - ahead * apart;
    const first = Math.max(0, Math.min(late + lengthA, lengthB) - late);
    const second = Math.max(0, Math.min(late - apart + lengthA, lengthB));
    return pairs(countA, countB, ahead) * first + pairs(countA, countB, ahead + 1) * second;
  }
}

/** Places below `end` that runs from 0 on hold. */
function placesBelow(end: number, count: number, length: number, apart: number): number {
  if (end <= 0) return 0;
  if (length >= apart) return Math.min(end, (count - 1) * apart + length);
  const runs = Math.floor(end / apart);
  return runs >= count ? count * length : runs * length + Math.min(length, end - runs * apart);
}

/** How many `k` there are with `0 <= k < countA` and `0 <= k + ahead < countB`. */
function pairs(countA: number, countB: number, ahead: number): number {
  return Math.max(0, Math.min(countA, countB - ahead) - Math.max(0, -ahead));
}
