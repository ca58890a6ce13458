import { formatMetric } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import type { DevOutcome } from './run.js';

/** What a run changed, for people: how many points, and for each objective which way it went. */
export function comparisonText(before: DevOutcome | undefined, now: DevOutcome): string {
  const keys = Object.keys(now.points);
  if (before === undefined) return countsText(now, []);
  const added = keys.filter((key) => before.points[key] === undefined).length;
  const gone = Object.keys(before.points).filter((key) => now.points[key] === undefined).length;
  const rows = now.objectives.map((objective) => objectiveRow(objective, before, now));
  const news = [...(added > 0 ? [`${String(added)} new`] : []), ...(gone > 0 ? [`${String(gone)} gone`] : [])];
  return [
    countsText(now, news),
    formatTable(['objective', 'best before', 'best now', 'change', 'points changed', 'from', 'to'], rows),
  ].join('\n');
}

function countsText({ evaluated, kept, failed }: DevOutcome, news: readonly string[]): string {
  return [
    `${String(evaluated)} ${evaluated === 1 ? 'point' : 'points'} evaluated`,
    ...(kept > 0 ? [`${String(kept)} as before`] : []),
    ...(failed > 0 ? [`${String(failed)} failed`] : []),
    ...news,
  ].join(', ');
}

function objectiveRow(
  { metric, direction }: DevOutcome['objectives'][number],
  before: DevOutcome,
  now: DevOutcome,
): readonly string[] {
  const best = ({ points }: DevOutcome): number | undefined => {
    const values = Object.values(points).flatMap((metrics) => metrics[metric] ?? []);
    if (values.length === 0) return undefined;
    return values.reduce((a, b) => (direction === 'minimize' ? Math.min(a, b) : Math.max(a, b)));
  };
  const shares = Object.entries(now.points)
    .map(([key, metrics]) => changeOf(before.points[key]?.[metric], metrics[metric]))
    .filter((share) => share !== undefined && share !== 0) as number[];
  const [was, is] = [best(before), best(now)];
  return [
    metric,
    was === undefined ? '-' : formatMetric(metric, was),
    is === undefined ? '-' : formatMetric(metric, is),
    shareText(changeOf(was, is)),
    String(shares.length),
    ...(shares.length === 0 ? ['', ''] : [shareText(Math.min(...shares)), shareText(Math.max(...shares))]),
  ];
}

/** How much more a value is than it was, as a share of that. */
function changeOf(was: number | undefined, is: number | undefined): number | undefined {
  return was === undefined || is === undefined ? undefined : is === was ? 0 : (is - was) / Math.abs(was);
}

function shareText(share: number | undefined): string {
  if (share === undefined) return '-';
  if (share === 0) return 'same';
  return `${share > 0 ? '+' : ''}${(100 * share).toFixed(Math.abs(share) < 0.1 ? 2 : 1)}%`;
}
