import { canonicalJson } from '../json.js';
import { readPointPath, valueInPoint } from '../point-path.js';
import type { Point, Sweep } from '../sweep.js';

/** The group a point competes in: the text of its value of `groupBy`, empty without one. */
export function groupKey(point: Point, { groupBy }: Pick<Sweep, 'groupBy'>): string {
  const path = groupBy === undefined ? undefined : readPointPath(groupBy);
  if (path === undefined) return '';
  const value = valueInPoint(point, path) ?? '(none)';
  return typeof value === 'string' ? value : canonicalJson(value);
}
