import type { ContributionMeta } from './contribution.js';
import type { JsonValue, Options } from './json.js';
import type { MeasuredMetrics } from './measured-metric.js';
import type { Network } from './network.js';
import type { Precision } from './precision.js';
import type { TrainingBudget } from './record.js';
import type { StopSignal } from './stop-signal.js';
import type { WeightMask } from './weight-mask.js';
import type { Density } from './workload.js';

/** A network on its way through a chain of compression stages. */
export interface StageState {
  readonly network: Network;
  /** Densities by layer name. */
  readonly densities: Readonly<Record<string, Density>>;
  /** Non-zero weights by layer name, for stages that prune a model they have; only layers that compute may have one. */
  readonly masks?: Readonly<Record<string, WeightMask>>;
  /** Formats of values by layer name, of stages that quantise; only layers that compute may have one. */
  readonly precisions?: Readonly<Record<string, Precision>>;
  /** Measured figures so far, e.g. `accuracy`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** References to artefacts (checkpoints, masks) by kind. */
  readonly artifacts: Readonly<Record<string, JsonValue>>;
  /** What the stages so far trained with, one entry for each that did. */
  readonly budgets?: readonly TrainingBudget[];
}

export interface StageContext {
  /** Unsigned 32-bit seed derived from the chain up to here. */
  readonly seed: number;
  /** Set when the user asked to stop. */
  readonly signal?: StopSignal;
  /** Folder for checkpoints; a cache of the user unless given. */
  readonly dir?: string;
  /** Options the network was built with, for records; no result may depend on them. */
  readonly networkOptions?: Options;
  /** SHA-256 of the code of the stage's plugin and what it depends on: for the keys of results that a stage keeps. */
  readonly code?: string;
  /** Threads the stage may use; 1 unless given. */
  readonly threads?: number;
  /** Hears how far the stage has got, as often as the stage likes. */
  readonly onProgress?: (progress: StageProgress) => void;
}

/** How far a stage has got, or an accelerator with a run that takes long, for people to see: `epoch 3/8  loss 1.234`. Plain data. */
export interface StageProgress {
  /** Units done, with the share of the one under way that is done; a whole number where a unit ends. */
  readonly done: number;
  readonly total: number;
  /** What is counted, e.g. `epoch`. */
  readonly unit: string;
  /** Short texts such as `loss 1.234`, the most important first; where there is little room the others are left out. */
  readonly figures: readonly string[];
  /** Time left, where it can be told. */
  readonly etaMs?: number;
}

export interface StageMeta extends ContributionMeta {
  /**
   * What the stage reports, by metric; `{}` for a stage that measures nothing. A sweep asks for no other metric of it, and a point at which
   * it reports one fails. A stage that does not say may report anything, and sweeps with it may ask for anything.
   */
  readonly metrics?: MeasuredMetrics;
}
