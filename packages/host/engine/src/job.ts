import type { Point } from '@archon-dse/core';

/** A point to evaluate and its id. Plain data. */
export interface Job {
  readonly id: string;
  readonly point: Point;
}
