import type { PhaseRun } from './run.js';

/** Phases by a text that holds everything they depend on but hardware, rules and prices. */
export interface PhaseStore {
  get(key: string): PhaseRun | undefined;
  set(key: string, phase: PhaseRun): void;
}

/** The phase kept under a key, or else computed and kept. */
export function recall(phases: PhaseStore | undefined, key: string, compute: () => PhaseRun): PhaseRun {
  const known = phases?.get(key);
  if (known !== undefined) return known;
  const phase = compute();
  phases?.set(key, phase);
  return phase;
}
