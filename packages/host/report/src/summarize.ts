import { compareCosts, hypervolume, toCosts, type Costs, type Objective } from '@archon-dse/core';
import { costBounds, fromCosts, type CostBounds } from './costs.js';
import { estimateVolume, MOST_COMPARISONS, MOST_STEPS } from './estimate-volume.js';
import { findKnee } from './knee.js';
import { valueText } from './option-columns.js';
import type {
  BestPoint,
  GroupSummary,
  MeasuredVolume,
  OptionColumn,
  OptionSummary,
  OptionValueSummary,
  ReportPoint,
  VolumeSummary,
} from './report-model.js';

type Objectives = readonly Objective[];

/** Hypervolume over all feasible points, whatever their group; undefined without any. */
export function summarizeVolume(points: readonly ReportPoint[], objectives: Objectives): VolumeSummary | undefined {
  const costs = feasibleCosts(points, objectives);
  if (costs.length === 0) return undefined;
  const bounds = costBounds(costs);
  return {
    ideal: fromCosts(bounds.ideal, objectives),
    reference: fromCosts(bounds.reference, objectives),
    ...volumes(costs, bounds),
  };
}

/** Fronts, knees and hypervolumes by group, in the order of the points. */
export function summarizeGroups(points: readonly ReportPoint[], objectives: Objectives): GroupSummary[] {
  const all = feasibleCosts(points, objectives);
  const bounds = costBounds(all);
  const keys = [...new Set(points.map(({ group }) => group))];
  return keys.map((key) => {
    const members = points.filter(({ group }) => group === key);
    const front = members
      .filter(({ rank }) => rank === 1)
      .map(({ id, metrics }) => ({ id, costs: toCosts(metrics, objectives) }))
      .sort((a, b) => compareCosts(a.costs, b.costs));
    const costs = front.map((point) => point.costs);
    const knee = findKnee(costs);
    return {
      key,
      points: members.length,
      front: front.map(({ id }) => id),
      ...(knee === undefined ? {} : { knee: { id: front[knee.index]?.id ?? '', distance: knee.distance } }),
      ...volumes(costs, bounds, keys.length),
    };
  });
}

/**
 * Best feasible point of each objective. Among equals the one that is better in the other objectives, the first that tells them apart
 * deciding: so it is dominated by none and stands on its group's front. Points equal in every objective: the first in point order.
 */
export function bestPoints(points: readonly ReportPoint[], objectives: Objectives): BestPoint[] {
  const feasible = points.filter(({ state }) => state === 'feasible');
  return objectives.flatMap((objective) => {
    const order = [objective, ...objectives.filter((other) => other !== objective)];
    const costs = (point: ReportPoint): Costs => toCosts(point.metrics, order);
    const [first, ...rest] = feasible;
    if (first === undefined) return [];
    const best = rest.reduce((a, b) => (compareCosts(costs(b), costs(a)) < 0 ? b : a), first);
    return [{ ...objective, id: best.id, value: best.metrics[objective.metric] ?? NaN }];
  });
}

/** Counts and best values by value of each varied option. */
export function summarizeOptions(
  points: readonly ReportPoint[],
  columns: readonly OptionColumn[],
  objectives: Objectives,
): OptionSummary[] {
  return columns
    .filter(({ varies }) => varies)
    .map(({ key, label, values }) => {
      const byText = new Map(values.map((value) => [valueText(value), [] as ReportPoint[]]));
      for (const point of points) byText.get(valueText(point.options[key]))?.push(point);
      const summarize = (value: OptionValueSummary['value']): OptionValueSummary => {
        const members = byText.get(valueText(value)) ?? [];
        return {
          value,
          points: members.length,
          feasible: members.filter(({ state }) => state === 'feasible').length,
          front: members.filter(({ rank }) => rank === 1).length,
          best: Object.fromEntries(bestPoints(members, objectives).map((best) => [best.metric, best.value])),
        };
      };
      return { key, label, values: values.map(summarize) };
    });
}

function feasibleCosts(points: readonly ReportPoint[], objectives: Objectives): Costs[] {
  return points.filter(({ state }) => state === 'feasible').map(({ metrics }) => toCosts(metrics, objectives));
}

/**
 * The exact volume where it can be had for a bounded amount of work, else an estimate that says so.
 *
 * @param parts - volumes that share the work
 */
function volumes(costs: readonly Costs[], { ideal, reference }: CostBounds, parts = 1): MeasuredVolume {
  const box = hypervolume([ideal], reference);
  const shareOf = (volume: number): number => (box > 0 ? volume / box : 0);
  const exact = hypervolume(costs, reference, MOST_STEPS / parts);
  if (exact !== undefined) return { hypervolume: exact, normalized: shareOf(exact) };
  const { volume, standardError, samples } = estimateVolume(costs, reference, MOST_COMPARISONS / parts);
  const estimate = { standardError: shareOf(standardError), samples };
  return { hypervolume: volume, normalized: shareOf(volume), estimate };
}
