import type { Choice } from './sweep.js';

/** One run of a network through stages, after validation: ids resolved, defaults filled in. */
export interface Experiment {
  readonly apiVersion: 'archon/v1';
  readonly kind: 'experiment';
  readonly name: string;
  readonly description?: string;
  /** Third-party plugin packages, beside the built-in ones. */
  readonly plugins: readonly string[];
  readonly seed: number;
  readonly network: Choice;
  /** The whole chain, in the order the stages run. */
  readonly stages: readonly Choice[];
  readonly published?: Published;
}

/** What a publication reports for a run. A reference to look at, never a measurement. */
export interface Published {
  /** Top-1, 0..1. */
  readonly accuracy: number;
  /** As published, L2 terms included or not. */
  readonly loss?: number;
  /** Test images it was measured on. */
  readonly images?: number;
  readonly source: string;
}
