import {
  feasibilityOf,
  metricTitle,
  own,
  type DerivedMetrics,
  type EvaluationRecord,
  type Feasibility,
  type Sweep,
} from '@archon-dse/core';
import type { ReportPoint } from './report-model.js';
import { formatMetric } from './units.js';

type Judged = EvaluationRecord & Partial<DerivedMetrics>;

/** Whether a record may stand on a front, and if not, why. */
export function judge(
  record: Judged,
  sweep: Pick<Sweep, 'objectives' | 'constraints' | 'metrics'>,
): Pick<ReportPoint, 'state' | 'reason'> {
  const found = feasibilityOf(record, sweep);
  return found.state === 'feasible'
    ? { state: found.state }
    : { state: found.state, reason: reasonOf(found, record, sweep.metrics) };
}

function reasonOf(found: Feasibility, { metrics, reasons = {}, error }: Judged, derived: Sweep['metrics']): string {
  if (found.state === 'notFinite') {
    const why = own(reasons, found.metric);
    const value = String(own(metrics, found.metric) ?? 'missing');
    return `${found.metric} is ${value}${why === undefined ? '' : `: ${why}`}`;
  }
  if (found.state === 'constraint') return outsideText(found, derived);
  return error?.message ?? 'failed without an error';
}

/** Both numbers with their units; in full where four digits do not tell them apart. */
function outsideText(
  { metric, value, side, bound }: Extract<Feasibility, { state: 'constraint' }>,
  derived: Sweep['metrics'],
): string {
  const where = side === 'min' ? 'below the minimum' : 'above the maximum';
  const [shown, limit] = [formatMetric(metric, value, derived), formatMetric(metric, bound, derived)];
  if (shown === limit) return `${metric} ${value} is ${where} ${bound}`;
  return `${metricTitle(metric)} ${shown} is ${where} ${limit}`;
}
