import { useMemo } from 'preact/hooks';
import type { Layer, Point } from './state/report.js';
import type { SweepPage } from './state/sweep-page.js';

/** Layers of a point, from the report or as they were fetched; none where neither has any. */
export function useLayers({ fetched }: SweepPage, point: Point | undefined): readonly Layer[] {
  const more = fetched.value;
  return useMemo(() => (point && (point.layers() ?? more.get(point.id))) ?? [], [point, more]);
}
