import { settingsText } from '@archon-dse/core';
import { changesText, reportWords } from '../../../explain.js';
import type { Point, Report } from './report.js';

/** A chosen point before and after. */
export interface RefinedRow {
  readonly before: Point;
  readonly after: Point;
  readonly change: Readonly<Record<string, number>>;
}

/** Chosen points in the order of the points. */
export function refinedRows({ summary, byId }: Report): readonly RefinedRow[] {
  return (summary.refinement?.pairs ?? []).flatMap(({ id, refines, change }) => {
    const [before, after] = [byId.get(refines), byId.get(id)];
    return before === undefined || after === undefined ? [] : [{ before, after, change }];
  });
}

/** The metrics to show side by side: the objectives, the bounded ones, and others that change at some point. */
export function comparedMetrics({ summary }: Report, rows: readonly RefinedRow[]): readonly string[] {
  const asked = new Set([...summary.objectives, ...summary.constraints].map(({ metric }) => metric));
  return summary.metrics.filter(
    (metric) => asked.has(metric) || rows.some(({ change }) => (change[metric] ?? 0) !== 0),
  );
}

/** What has become of a point: `front`, `rank 2`, or what keeps it off. */
export function standingOf({ rank, state, code }: Point): string {
  if (rank !== undefined) return rank === 1 ? 'on the front' : `rank ${rank}`;
  if (state === 'failed') return code ?? 'failed';
  return state === 'constraint' ? 'outside constraints' : 'no finite objective';
}

/** What was refined, how many of it are on the front, and how far each objective moved. */
export function refinedLead({ summary, points }: Report, rows: readonly RefinedRow[]): string {
  const { refinement, counts, derived } = summary;
  const kept = new Set(rows.flatMap(({ after }) => (after.rank === 1 ? [after.id] : []))).size;
  const changes = changesText(summary, reportWords(points, derived));
  return [
    refinement === undefined ? '' : settingsText(refinement, summary),
    `${kept} of ${counts.refined ?? 0} are on the front, which is made of refined points only.`,
    changes === '' ? '' : `From screened to refined: ${changes}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
