import type { ContributionMeta } from './contribution.js';
import type { JsonValue } from './json.js';
import type { LayerExplanation } from './layer-explanation.js';
import type { LayerExecution } from './layer-execution.js';
import type { MeasuredMetrics } from './measured-metric.js';
import type { Network } from './network.js';
import type { ActionCount, Component, PriceTables } from './pricing.js';
import type { StageProgress, StageState } from './stage.js';
import type { StopSignal } from './stop-signal.js';
import type { VectorWork, Workload } from './workload.js';

/** Whether an accelerator can run a workload; all refusals of a network are reported together. */
export type Support = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What one layer (or one phase of a fused block) does on the accelerator. Counts and cycles, never joules. */
export interface LayerRun {
  readonly name: string;
  readonly block: string;
  readonly role: string;
  /** Phase of a multi-phase execution, e.g. `predict-expand`, `main`. */
  readonly phase?: string;
  /** Multiply-accumulates it executes: those it skips are left out. */
  readonly macs: number;
  /** Whole cycles, >= 0. */
  readonly cycles: number;
  /** MACs / (cycles x hardware MACs), 0..1. */
  readonly utilization: number;
  /**
   * What computes the MACs where the multipliers do not, and why, e.g. `ternary weights: adders`. Cycles, actions and utilization of the
   * layer are then not held against the multipliers of the hardware.
   */
  readonly notMultiplied?: string;
  readonly actions: readonly ActionCount[];
  /** The mapping in the field's notation, levels outer to inner, separated by ` - `. */
  readonly mapping?: string;
  /** What one instance of each level of {@link mapping} holds at once: `W864 I3072 O131072 - I304 O512 / 55296 - none`, in words, behind a slash of how many. */
  readonly tiles?: string;
  readonly notes?: readonly string[];
  /** What executing the layer found; absent where it was not executed. */
  readonly execution?: LayerExecution;
}

export interface AcceleratorRun {
  /** Cycles of the whole network: the sum over its layers, or less where some overlap, down to those of the longest. */
  readonly cycles: number;
  readonly layers: readonly LayerRun[];
  /** What it measured besides, of the metrics that {@link AcceleratorMeta} declares; for the metrics of the point. */
  readonly metrics?: Readonly<Record<string, number>>;
}

export interface AcceleratorMeta extends ContributionMeta {
  /**
   * What runs measure besides the metrics of every evaluation, by metric; none unless given. A sweep asks for no other metric of the
   * accelerator, and a point at which it reports one fails.
   */
  readonly metrics?: MeasuredMetrics;
}

/**
 * Store of finished layer results, shared by all points of a worker. Keys must hold everything the result depends on. Values come back
 * frozen; a list of actions that a run returns as it came back is checked and priced only once.
 */
export interface LayerCache {
  get(key: string): JsonValue | undefined;
  set(key: string, value: JsonValue): void;
}

export interface AcceleratorInput {
  readonly workloads: readonly Workload[];
  /**
   * The work of the network that is no multiply-accumulate, in order. An accelerator that costs it returns a layer of the same name for it;
   * what no layer of the run covers is listed in the record as not costed.
   */
  readonly vectorWork?: readonly VectorWork[];
  /** The network that the workloads come from, as the stages left it; given by every evaluation. */
  readonly network?: Network;
  /**
   * What the stages left for whoever comes after them, by kind, e.g. the path of a trained model under `checkpoint`; given by every
   * evaluation, empty where no stage left anything. Paths are of this machine: a result may depend on what is there, never on the path.
   */
  readonly artifacts?: StageState['artifacts'];
  readonly prices: PriceTables;
  readonly cache: LayerCache;
  /** Unsigned 32-bit seed derived from the point. */
  readonly seed: number;
  /** A run that takes long stops when the user asks to, by throwing anything: the point is then left for the next time. */
  readonly signal?: StopSignal;
  /** Hears how far a run that takes long has got, as often as it likes. */
  readonly onProgress?: (progress: StageProgress) => void;
}

/** Hardware for given options, and how it executes a network. Pure. */
export interface Accelerator {
  /** The hardware, for pricing and for the area. */
  components(): readonly Component[];
  supports(workload: Workload): Support;
  /**
   * Refuses options that make no sense for a network, such as a mesh that none of its layers fills: throws ARCHON_BAD_OPTION with path
   * `options.NAME`. A sweep is refused before it starts where a value suits none of its networks.
   */
  check?(workloads: readonly Workload[]): void;
  /** Synchronous, unless it waits for something such as another program. */
  run(input: AcceleratorInput): AcceleratorRun | Promise<AcceleratorRun>;
  /**
   * Why each workload takes what it takes in {@link run}, or why it cannot run: what `archon explain` tells beside the record. Also asked for
   * workloads that {@link supports} refuses. Accelerators without it are explained by their records alone.
   */
  explain?(input: AcceleratorInput): readonly LayerExplanation[] | Promise<readonly LayerExplanation[]>;
}
