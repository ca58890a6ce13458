import type { SpatialSplit } from '../mapspace/splits.js';
import type { Choice } from './search.kernel.js';

/** What a search asks about the partial nest it grows. */
export interface NestPrices {
  /** Results of `price`. */
  readonly cycles: number;
  readonly energyPj: number;
  /** Starts a spatial split, after the nest did, with the bound that splits are ordered by; it decides between equal mappings. */
  start(split: SpatialSplit): void;
  /** Bounds the split as closely as it can from here on. */
  tighten(): void;
  /** Lower bounds of the cost with the levels outside `chosen` chosen; the cost itself once all are. */
  price(chosen: number, choice: Pick<Choice, 'split' | 'factors' | 'orders'>): void;
}
