import type { ActionCount } from '@archon-dse/core';
import type { Evaluation } from '@archon-dse/loop-nest';

/** The phases of a fused block, and `layer` for one that is not fused. */
export type Phase = 'predict-expand' | 'predict-second' | 'main' | 'overhead' | 'layer';

/** What one phase does. Counts and cycles, never joules. */
export interface PhaseRun {
  readonly phase: Phase;
  /** Multiply-accumulates the phase stands for, over all groups. */
  readonly macs: number;
  readonly cycles: number;
  readonly actions: readonly ActionCount[];
  /** The mapping behind it, of one of `repeats` groups; the overhead has none. */
  readonly mapped?: {
    readonly evaluation: Evaluation;
    readonly mapping: string;
    readonly tiles?: string;
    readonly repeats: number;
  };
  /** The block whose figures these really are. */
  readonly copiedFrom?: string;
}

export interface BlockRun {
  readonly block: string;
  readonly phases: readonly PhaseRun[];
}

/**
 * Cycles of a block. `added`, as published: predictions, then main. `overlapped`: the adders predict while the MACs compute the main
 * phase of the block before, so the longer of the two counts; a bound, for the main phase needs adders too.
 */
export function blockCycles({ phases }: BlockRun, overlap: 'added' | 'overlapped'): number {
  const sum = (wanted: boolean): number =>
    phases.reduce((cycles, run) => (run.phase.startsWith('predict') === wanted ? cycles + run.cycles : cycles), 0);
  return overlap === 'added' ? sum(true) + sum(false) : Math.max(sum(true), sum(false));
}
