import { metricDeriver } from '../formula/derive-metrics.js';
import type { RecordHead } from '../record.js';
import type { Sweep } from '../sweep.js';
import { toCosts } from './costs.js';
import { feasibilityOf } from './feasibility.js';
import type { Costs } from './pareto.js';

/** Costs of the records of a sweep, its own metrics too; nothing for those that may stand on no front. */
export function costsIn(sweep: Sweep): (record: RecordHead) => Costs | undefined {
  const derive = metricDeriver(sweep);
  return (record) => {
    const { metrics } = derive(record);
    const { state } = feasibilityOf({ status: record.status, metrics }, sweep);
    return state === 'feasible' ? toCosts(metrics, sweep.objectives) : undefined;
  };
}
