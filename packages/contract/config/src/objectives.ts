import type { Objective } from '@archon-dse/core';
import { Bounds } from './bounds.js';
import { checkDirection } from './derived-metrics.js';
import { checkMetric, defaultDirection, type SweepMetrics } from './metrics.js';
import { isText, numberOf, valueAt, type Node } from './nodes.js';
import type { Problems } from './problems.js';
import { reportDuplicates } from './report.js';

/** The objectives of a sweep, each a metric's name, or `{ metric, direction }`. */
export function readObjectives(
  items: readonly Node[],
  metrics: SweepMetrics,
  problems: Problems,
): readonly Objective[] {
  const objectives = items.map((item): Objective => {
    const metric = checkMetric(isText(item) ? item : valueAt(item, 'metric'), metrics, problems);
    const direction = valueAt(item, 'direction');
    const derived = metrics.derived.get(metric);
    if (!isText(direction) && derived !== undefined) checkDirection(item, derived, problems);
    if (!isText(direction)) return { metric, direction: defaultDirection(metric, metrics) };
    return { metric, direction: direction.value === 'maximize' ? 'maximize' : 'minimize' };
  });
  const named = items.map((item, i) => ({ value: objectives[i]?.metric ?? '', node: item }));
  reportDuplicates(
    named.filter(({ value }) => value !== ''),
    problems,
  );
  return objectives;
}

/** Reports metrics of constraints that no point has, and bounds that no value can keep together. */
export function checkConstraints(items: readonly Node[], metrics: SweepMetrics, problems: Problems): void {
  const bounds = new Bounds(metrics, problems);
  for (const item of items) {
    const metric = checkMetric(valueAt(item, 'metric'), metrics, problems);
    for (const side of ['min', 'max'] as const) {
      const node = valueAt(item, side);
      const value = numberOf(node);
      if (node !== undefined && value !== undefined) bounds.add(metric, side, { node, value });
    }
  }
}
