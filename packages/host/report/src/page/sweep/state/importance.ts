import { canonicalJson } from '@archon-dse/core';
import { isSetting } from '../../../refinement.js';
import type { Point, Report } from './report.js';

/** How much of a metric's variation an option explains by itself. */
export interface Importance {
  readonly key: string;
  readonly label: string;
  /** Share of the variance, 0 to 1, one a metric; absent where the metric does not vary. */
  readonly shares: Readonly<Record<string, number>>;
}

/**
 * Main effects: of all points with a value of the metric, the variance of the means of the points that share a value of the option,
 * weighted by their number, over the variance of all. In a full grid the shares of all options and what remains, their interactions,
 * add up to one. Points without the option share the value "absent". The largest first.
 *
 * @source Fisher's analysis of variance (eta squared); for hyper-parameters: Hutter, Hoos, Leyton-Brown, "An Efficient Approach
 *   for Assessing Hyperparameter Importance", ICML 2014 (fANOVA, of which these are the main effects on the evaluated points)
 */
export function importances({ columns, points, summary }: Report, metrics: readonly string[]): readonly Importance[] {
  const rows = columns
    .filter(({ varies, key }) => varies && !isSetting(summary.refinement, key))
    .map(({ key, label }) => {
      const levels = points.map(({ options }) => (key in options ? canonicalJson(options[key]) : ''));
      const shares = metrics.flatMap((metric): [string, number][] => {
        const share = mainEffect(points, levels, metric);
        return share === undefined ? [] : [[metric, share]];
      });
      return { key, label, shares: Object.fromEntries(shares) };
    });
  const most = ({ shares }: Importance): number => Math.max(0, ...Object.values(shares));
  return rows.sort((a, b) => most(b) - most(a));
}

/** Feasible points of one step, which alone compare: of two the first, which has them all. */
function isOfFirstStep({ id, state, refines = id }: Point): boolean {
  return state === 'screened' || (state === 'feasible' && refines === id);
}

function mainEffect(points: readonly Point[], levels: readonly string[], metric: string): number | undefined {
  const members = points.flatMap((point, i) => {
    const { [metric]: value } = point.metrics;
    return value === undefined || !isOfFirstStep(point) ? [] : [{ value, level: levels[i] ?? '' }];
  });
  if (members.length < 2) return undefined;
  const mean = members.reduce((sum, { value }) => sum + value / members.length, 0);
  const total = members.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const scale = members.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  if (total <= members.length * (scale * 1e-12) ** 2) return undefined;
  const sums = new Map<string, { count: number; sum: number }>();
  for (const { value, level } of members) {
    const so = sums.get(level) ?? { count: 0, sum: 0 };
    sums.set(level, { count: so.count + 1, sum: so.sum + (value - mean) });
  }
  const between = [...sums.values()].reduce((all, { count, sum }) => all + sum ** 2 / count, 0);
  return Math.min(1, between / total);
}
