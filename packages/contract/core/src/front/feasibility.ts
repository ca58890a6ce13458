import { own } from '../own.js';
import type { EvaluationRecord } from '../record.js';
import type { Sweep } from '../sweep.js';

/** Whether a record may stand on a front, and what keeps it off. */
export type Feasibility =
  | { readonly state: 'feasible' | 'failed' }
  | { readonly state: 'notFinite'; readonly metric: string }
  | {
      readonly state: 'constraint';
      readonly metric: string;
      readonly value: number;
      readonly side: 'min' | 'max';
      readonly bound: number;
    };

/** Failed, then unusable, then outside a constraint: the first that holds. Bounds themselves are allowed values. */
export function feasibilityOf(
  { status, metrics }: Pick<EvaluationRecord, 'status' | 'metrics'>,
  { objectives, constraints }: Pick<Sweep, 'objectives' | 'constraints'>,
): Feasibility {
  if (status === 'failed') return { state: 'failed' };
  const needed = [...objectives, ...constraints].map(({ metric }) => metric);
  const broken = needed.find((metric) => !Number.isFinite(own(metrics, metric)));
  if (broken !== undefined) return { state: 'notFinite', metric: broken };
  for (const { metric, min = -Infinity, max = Infinity } of constraints) {
    const value = own(metrics, metric) ?? NaN;
    if (value < min) return { state: 'constraint', metric, value, side: 'min', bound: min };
    if (value > max) return { state: 'constraint', metric, value, side: 'max', bound: max };
  }
  return { state: 'feasible' };
}
