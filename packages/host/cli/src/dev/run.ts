import type { Direction } from '@archon-dse/core';
import type { SimulateFlags } from '../commands/simulate.js';
import type { SweepFlags } from '../commands/sweep.js';

/** What is run again and again, as the process of a run gets it. */
export type DevTarget =
  { readonly file: string; readonly flags: SweepFlags } | { readonly flags: SimulateFlags & { readonly json?: never } };

/** What one run came to, to compare it with the next. Plain data: it crosses processes. */
export interface DevOutcome {
  readonly objectives: readonly { readonly metric: string; readonly direction: Direction }[];
  /** Points that were evaluated and not taken from an earlier run. */
  readonly evaluated: number;
  /** Points that were. */
  readonly kept: number;
  readonly failed: number;
  /** Metrics of the points that have some, by all that was chosen for them; of a second step where there is one. */
  readonly points: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
