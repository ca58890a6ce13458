/** How the share of zeros grows: in steps from 0 to nearly `sparsity`, then it stays. As published, a step is an epoch. */
export interface PruneRamp {
  /** At least 1. */
  readonly steps: number;
  /** Wanted share of zeros, 0..1. */
  readonly sparsity: number;
}

/**
 * Share of zeros in a step, `S (1 - (1 - n / N)^3)` with n counted from 0. The ramp ends with step N - 1, so what stays is
 * `S (1 - 1 / N^3)`, a hair below S.
 *
 * @source Zhu and Gupta, To prune, or not to prune, 2017, equation 1, as trained for ARCHON (ICS 2021)
 */
export function sparsityAt(step: number, { steps, sparsity }: PruneRamp): number {
  return sparsity * (1 - (1 - Math.min(step, steps - 1) / steps) ** 3);
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
