import type { LayerRun } from './accelerator.js';
import type { Diagnostic } from './diagnostic.js';
import type { Precision } from './precision.js';
import type { Point } from './sweep.js';

/** Version of the record; a reader refuses records of another version. */
export const RECORD_SCHEMA_VERSION = 1;

/** One priced layer. Energies in pJ, split by `component` and by `component/dataSpace` where the model tells. */
export interface LayerRecord extends Omit<LayerRun, 'actions'> {
  readonly energyPj: number;
  readonly energyByComponentPj: Readonly<Record<string, number>>;
  /** The formats that stages chose for the layer, whatever the accelerator makes of them; absent where they chose none. */
  readonly precision?: Precision;
}

export interface Provenance {
  readonly plugins: readonly {
    readonly name: string;
    readonly version: string;
    readonly apiVersion: number;
    /** SHA-256 of its code and of what it depends on. */
    readonly code?: string;
  }[];
  readonly engine: string;
  /** SHA-256 of the code of the engine and of what it depends on. */
  readonly engineCode?: string;
  readonly seed: number;
  /** What the paths in the options of the point led to; absent when there are none. */
  readonly files?: readonly { readonly option: string; readonly sha256: string }[];
  /** Where the prices come from: the source of each component's energy and area. */
  readonly prices: Readonly<Record<string, string>>;
}

/** What one stage spent on the accuracy it measured, which says little without it. Everything a recipe decides is filled in. */
export interface TrainingBudget {
  /** `train`, `prune`, ... */
  readonly stage: string;
  readonly recipe: string;
  /** Name of the dataset, e.g. `cifar10`. */
  readonly dataset: string;
  /** Training images. */
  readonly images: number;
  /** Images the accuracy was measured on. */
  readonly testImages: number;
  readonly epochs: number;
  /** Images a step. */
  readonly batch: number;
  /** Images that BatchNorm normalises together; `batch` unless memory is short. */
  readonly microBatch: number;
  /** What computed it. */
  readonly backend: string;
  /** The same in full: library, version, device and threads. */
  readonly runtime?: string;
}

/** Which point of a second step confirms which of the first: itself where the settings change nothing of it. */
export interface Confirmation {
  readonly pointId: string;
  readonly refines: string;
}

/**
 * What came of a point. Everything but `timing` is the same for any number of workers and after any crash.
 *
 * `metrics` of an `ok` record holds at least cycles, energyPj, areaUm2, edpPjCycles, macs, parameters and utilization.
 */
export interface EvaluationRecord {
  readonly schemaVersion: typeof RECORD_SCHEMA_VERSION;
  readonly pointId: string;
  readonly point: Point;
  /** Of a point of a second step, id of the point of the first that it confirms; no part of its own id. */
  readonly refines?: string;
  readonly status: 'ok' | 'failed';
  readonly metrics: Readonly<Record<string, number>>;
  readonly layers: readonly LayerRecord[];
  /** Layers whose work is no multiply-accumulate and that the accelerator did not cost, counted by operation; absent when there are none. */
  readonly notCosted?: Readonly<Record<string, number>>;
  readonly provenance: Provenance;
  /** What stages trained with, in their order; absent when none did. */
  readonly budgets?: readonly TrainingBudget[];
  readonly error?: Diagnostic;
  readonly timing: { readonly startedAt: string; readonly wallMs: number; readonly worker: number };
}

/** A record without its layers, which are most of it. */
export type RecordHead = Omit<EvaluationRecord, 'layers'>;
