import { compareCosts, toCosts } from '@archon-dse/core';
import type { Point, Report } from './report.js';

/** Ratio of the largest to the smallest value from which an axis starts out logarithmic. */
const DECADES = 30;

/**
 * Axes the plot starts with: the two objectives whose own front, over all groups, has the most points; of equal pairs the one with more
 * values on the axis that has fewer, then the first in the order of the objectives. One objective is shown over the other metric with the most values.
 */
export function defaultAxes(report: Report): readonly [x: string, y: string] {
  const { objectives, metrics } = report.summary;
  const names = objectives.map(({ metric }) => metric);
  const [only = metrics[0] ?? ''] = names;
  if (names.length < 2) {
    const others = metrics.filter((metric) => metric !== only);
    return [mostValues(report, others) ?? only, only];
  }
  const pairs = names.flatMap((x, i) => names.slice(i + 1).map((y) => ({ x, y, size: frontSize(report, x, y) })));
  const spread = ({ x, y }: { x: string; y: string }): number => Math.min(distinct(report, x), distinct(report, y));
  const best = pairs.reduce((a, b) => (b.size > a.size || (b.size === a.size && spread(b) > spread(a)) ? b : a));
  return [best.x, best.y];
}

/** Whether a metric's feasible values are positive and lie so far apart that a logarithmic axis shows them better. */
export function spansDecades({ numbersOf, ranks }: Report, metric: string): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const [at, value] of numbersOf(metric).entries()) {
    if (ranks[at] === 0 || Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > 0 && high > DECADES * low;
}

/** Front of each group in two metrics, sorted by the first; of equal points one. Each place of it has a point of the whole front. */
export function frontsInPlane(report: Report, x: string, y: string): ReadonlyMap<string, readonly Point[]> {
  const axes = [x, y].flatMap(
    (metric) => report.summary.objectives.find((objective) => objective.metric === metric) ?? [],
  );
  const fronts = new Map<string, Point[]>();
  if (axes.length < 2 || x === y) return fronts;
  const members = report.points.flatMap((point) => {
    if (report.ranks[point.index] !== 1) return [];
    const { [x]: left, [y]: up } = point.metrics;
    if (left === undefined || up === undefined) return [];
    return [{ point, costs: toCosts({ [x]: left, [y]: up }, axes) }];
  });
  const lowest = new Map<string, number>();
  for (const { point, costs } of members.sort((a, b) => compareCosts(a.costs, b.costs))) {
    const [, second = NaN] = costs;
    if (second >= (lowest.get(point.group) ?? Infinity)) continue;
    lowest.set(point.group, second);
    const front = fronts.get(point.group);
    if (front === undefined) fronts.set(point.group, [point]);
    else front.push(point);
  }
  return fronts;
}

function frontSize(report: Report, x: string, y: string): number {
  return [...frontsInPlane(report, x, y).values()].reduce((sum, front) => sum + front.length, 0);
}

function mostValues(report: Report, metrics: readonly string[]): string | undefined {
  const [first, ...rest] = metrics;
  if (first === undefined) return undefined;
  return rest.reduce((a, b) => (distinct(report, b) > distinct(report, a) ? b : a), first);
}

function distinct({ numbersOf, ranks }: Report, metric: string): number {
  return new Set(numbersOf(metric).filter((value, at) => ranks[at] !== 0 && !Number.isNaN(value))).size;
}
