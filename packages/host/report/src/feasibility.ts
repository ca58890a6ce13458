import { feasibilityOf, metricTitle, own, type Feasibility, type Sweep } from '@archon-dse/core';
import { formatMetric } from './units.js';

/** What a reason is told of. */
interface Judged {
  readonly metrics: Readonly<Record<string, number>>;
  /** Why derived metrics are missing. */
  readonly reasons?: Readonly<Record<string, string>>;
}

/** Why an evaluated record may not stand on a front, in a sentence. */
export function reasonOf(found: Feasibility, { metrics, reasons = {} }: Judged, derived: Sweep['metrics']): string {
  if (found.state === 'notFinite') {
    const why = own(reasons, found.metric);
    const value = String(own(metrics, found.metric) ?? 'missing');
    return `${found.metric} is ${value}${why === undefined ? '' : `: ${why}`}`;
  }
  return found.state === 'constraint' ? outsideText(found, derived) : '';
}

/** The same of a point that is evaluated, from its metrics alone. */
export function judgedReason(
  metrics: Readonly<Record<string, number | undefined>>,
  { objectives, constraints }: Pick<Sweep, 'objectives' | 'constraints'>,
  derived: Sweep['metrics'],
): string {
  const asked = [...objectives, ...constraints].map(({ metric }): [string, number] => [metric, metrics[metric] ?? NaN]);
  const judged = { status: 'ok' as const, metrics: Object.fromEntries(asked) };
  return reasonOf(feasibilityOf(judged, { objectives, constraints }), judged, derived);
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
