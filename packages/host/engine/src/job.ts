import type { Point } from '@archon-dse/core';

/** A point to evaluate and its id. Plain data. */
export interface Job {
  readonly id: string;
  readonly point: Point;
  /** Id of the point that it confirms, where it is one of a second step. */
  readonly refines?: string;
}
