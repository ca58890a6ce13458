import type { StageProgress } from '@archon-dse/core';
import { excerpt } from './border/safe-text.js';

/** What is at work on the network of a point: a stage that has begun, or how far a stage or the accelerator has got. Plain data. */
export interface StageEvent {
  readonly network: string;
  /** Id of the stage, or of the accelerator. */
  readonly stage: string;
  readonly progress?: StageProgress;
}

export type StageListener = (event: StageEvent) => void;

const MOST_FIGURES = 10;
const LONGEST_FIGURE = 40;

/** What a plugin calls progress, as the numbers and short texts that are documented and nothing else; a mistake in it costs no training. */
export function copyProgress({ done, total, unit, figures, etaMs }: StageProgress): StageProgress {
  return {
    ...{ done: Number(done), total: Number(total), unit: line(unit) },
    figures: Array.isArray(figures) ? figures.slice(0, MOST_FIGURES).map(line) : [],
    ...(Number.isFinite(etaMs) ? { etaMs: Number(etaMs) } : {}),
  };
}

function line(text: unknown): string {
  return excerpt(String(text).replace(/\p{Cc}+/gu, ' '), LONGEST_FIGURE);
}
