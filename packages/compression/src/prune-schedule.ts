/** How the share of zeros grows: over the ramp epochs from 0 to nearly `sparsity`, then it stays. */
export interface PruneRamp {
  /** At least 1. */
  readonly rampEpochs: number;
  /** Wanted share of zeros, 0..1. */
  readonly sparsity: number;
}

/**
 * Share of zeros in an epoch, `S (1 - (1 - n / N)^3)` with n counted from 0. The ramp ends with epoch N - 1, so what stays is
 * `S (1 - 1 / N^3)`, a hair below S.
 *
 * @source Zhu and Gupta, To prune, or not to prune, 2017, equation 1, with the epoch as the step, as trained for ARCHON (ICS 2021)
 */
export function sparsityAt(epoch: number, { rampEpochs, sparsity }: PruneRamp): number {
  const step = Math.min(epoch, rampEpochs - 1);
  return sparsity * (1 - (1 - step / rampEpochs) ** 3);
}

/** Whether masks are still recomputed in this epoch; afterwards the last one is used on. */
export function isRamping(epoch: number, { rampEpochs }: PruneRamp): boolean {
  return epoch < rampEpochs;
}

/** Share of zeros after the ramp. */
export function finalSparsity(ramp: PruneRamp): number {
  return sparsityAt(ramp.rampEpochs, ramp);
}

/** Weights of a tensor of `size` that stay: rounded to the nearest, ties to even, at least one. */
export function keptWeights(size: number, sparsity: number): number {
  return Math.max(roundHalfEven(size * (1 - sparsity)), 1);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
