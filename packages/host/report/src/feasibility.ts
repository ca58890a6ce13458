import { metricTitle, own, type DerivedMetrics, type EvaluationRecord, type Sweep } from '@archon-dse/core';
import type { PointState } from './report-model.js';
import { formatMetric } from './units.js';

/** Whether a record may stand on a front, and if not, why. */
export interface Feasibility {
  readonly state: PointState;
  readonly reason?: string;
}

/** Failed, then unusable, then outside a constraint: the first that holds is the reason. Bounds themselves are allowed values. */
export function judge(
  record: EvaluationRecord & Partial<DerivedMetrics>,
  sweep: Pick<Sweep, 'objectives' | 'constraints' | 'metrics'>,
): Feasibility {
  if (record.status === 'failed')
    return { state: 'failed', reason: record.error?.message ?? 'failed without an error' };
  const needed = [...sweep.objectives, ...sweep.constraints].map(({ metric }) => metric);
  const broken = needed.find((metric) => !Number.isFinite(own(record.metrics, metric)));
  if (broken !== undefined) {
    const why = own(record.reasons ?? {}, broken);
    const found = String(own(record.metrics, broken) ?? 'missing');
    return { state: 'notFinite', reason: `${broken} is ${found}${why === undefined ? '' : `: ${why}`}` };
  }
  for (const { metric, min = -Infinity, max = Infinity } of sweep.constraints) {
    const value = own(record.metrics, metric) ?? NaN;
    const format = (one: number): string => formatMetric(metric, one, sweep.metrics);
    if (value < min)
      return { state: 'constraint', reason: outsideText(metric, value, 'below the minimum', min, format) };
    if (value > max)
      return { state: 'constraint', reason: outsideText(metric, value, 'above the maximum', max, format) };
  }
  return { state: 'feasible' };
}

/** Both numbers with their units; in full where four digits do not tell them apart. */
function outsideText(
  metric: string,
  value: number,
  where: string,
  bound: number,
  format: (value: number) => string,
): string {
  const [shown, limit] = [format(value), format(bound)];
  if (shown === limit) return `${metric} ${value} is ${where} ${bound}`;
  return `${metricTitle(metric)} ${shown} is ${where} ${limit}`;
}
