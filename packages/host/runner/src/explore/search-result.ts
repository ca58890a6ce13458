import {
  feasibilityOf,
  groupKey,
  metricDeriver,
  own,
  toCosts,
  type Choices,
  type Constraint,
  type RecordHead,
  type SearchResult,
  type Sweep,
} from '@archon-dse/core';

/** What a strategy is told of the records of a sweep. Metrics that are not finite count as a failure: nothing can be compared with them. */
export function resultsFor(sweep: Sweep): (choices: Choices, record: RecordHead) => SearchResult {
  const derive = metricDeriver(sweep);
  return (choices, record) => {
    const { metrics } = derive(record);
    const group = groupKey(record.point, sweep);
    const { state } = feasibilityOf({ status: record.status, metrics }, sweep);
    if (state === 'failed' || state === 'notFinite') return { choices, group, state: 'failed' };
    const violation = sweep.constraints.reduce((sum, constraint) => sum + violationOf(metrics, constraint), 0);
    return { choices, group, state: 'ok', costs: toCosts(metrics, sweep.objectives), violation };
  };
}

/** How far a metric is outside of a constraint, as a share of the bound. */
function violationOf(
  metrics: Readonly<Record<string, number>>,
  { metric, min = -Infinity, max = Infinity }: Constraint,
): number {
  const value = own(metrics, metric) ?? NaN;
  if (value < min) return (min - value) / (Math.abs(min) || 1);
  return value > max ? (value - max) / (Math.abs(max) || 1) : 0;
}
