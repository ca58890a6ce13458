import type { RunProgress } from '@archon-dse/core';

/** How far an accelerator has got with the network of a point. Plain data. */
export interface RunEvent {
  /** Public id. */
  readonly accelerator: string;
  readonly progress: RunProgress;
}

export type RunListener = (event: RunEvent) => void;

/** What a plugin calls progress, as the numbers that are documented and nothing else. */
export function copyRunProgress({ done, total }: RunProgress): RunProgress {
  return { done: Number(done), total: Number(total) };
}
