import type { Costs, Objective } from '@archon-dse/core';

/** Best and worst corner of a set of cost vectors, and the hypervolume's reference corner. */
export interface CostBounds {
  readonly ideal: Costs;
  readonly worst: Costs;
  readonly reference: Costs;
}

/** How far outside the worst corner the reference lies, as a share of each objective's range. */
const REFERENCE_MARGIN = 0.1;

/** Back from costs to the metrics' own signs. */
export function fromCosts(costs: Costs, objectives: readonly Objective[]): Record<string, number> {
  return Object.fromEntries(
    objectives.map(({ metric, direction }, i) => {
      const cost = costs[i] ?? NaN;
      return [metric, direction === 'maximize' ? 0 - cost : cost];
    }),
  );
}

/**
 * Bounds of at least one finite cost vector. The reference is the worst value plus a tenth of the range, so that the
 * extreme points count too; an objective with one value only takes a tenth of that value, or 1 at zero.
 */
export function costBounds(points: readonly Costs[]): CostBounds {
  const columns = (points[0] ?? []).map((_, i) => points.map((point) => point[i] ?? NaN));
  const ideal = columns.map((column) => column.reduce((a, b) => Math.min(a, b), Infinity));
  const worst = columns.map((column) => column.reduce((a, b) => Math.max(a, b), -Infinity));
  const reference = worst.map((value, i) => {
    const range = value - (ideal[i] ?? value);
    return value + REFERENCE_MARGIN * (range || Math.abs(value) || 1 / REFERENCE_MARGIN);
  });
  return { ideal, worst, reference };
}
