import type { Dim } from './problem.js';

export type LoopKind = 'temporal' | 'spatialX' | 'spatialY';

export interface Loop {
  readonly dim: Dim;
  /** Integer >= 1; loops of bound 1 have no effect. */
  readonly bound: number;
  readonly kind: LoopKind;
}

/**
 * A mapping: for every level, outermost first, its loops from outer to inner (temporal loops, then spatial ones).
 * Per dimension the product of all bounds equals the problem's bound.
 */
export type Mapping = readonly (readonly Loop[])[];
