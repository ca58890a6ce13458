import { roundToEven } from '@archon-dse/core';

/** Rounds as the published tables are printed. Every primitive is rounded, and every sum of rounded primitives again. */
export function round3(value: number): number {
  return roundToEven(value, 3);
}
