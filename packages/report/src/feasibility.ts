import { own, type EvaluationRecord, type Sweep } from '@archon-dse/core';
import type { PointState } from './report-model.js';

/** Whether a record may stand on a front, and if not, why. */
export interface Feasibility {
  readonly state: PointState;
  readonly reason?: string;
}

/** Failed, then unusable, then outside a constraint: the first that holds is the reason. Bounds themselves are allowed values. */
export function judge(record: EvaluationRecord, sweep: Pick<Sweep, 'objectives' | 'constraints'>): Feasibility {
  if (record.status === 'failed')
    return { state: 'failed', reason: record.error?.message ?? 'failed without an error' };
  const needed = [...sweep.objectives, ...sweep.constraints].map(({ metric }) => metric);
  const broken = needed.find((metric) => !Number.isFinite(own(record.metrics, metric)));
  if (broken !== undefined) {
    return { state: 'notFinite', reason: `${broken} is ${String(own(record.metrics, broken) ?? 'missing')}` };
  }
  for (const { metric, min = -Infinity, max = Infinity } of sweep.constraints) {
    const value = own(record.metrics, metric) ?? NaN;
    if (value < min) return { state: 'constraint', reason: `${metric} ${value} is below the minimum ${min}` };
    if (value > max) return { state: 'constraint', reason: `${metric} ${value} is above the maximum ${max}` };
  }
  return { state: 'feasible' };
}
