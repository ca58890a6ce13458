import { own } from '../own.js';
import type { Objective } from '../sweep.js';
import type { Costs } from './pareto.js';

/** A point's objectives as costs to minimise; a metric to maximise is negated. */
export function toCosts(metrics: Readonly<Record<string, number>>, objectives: readonly Objective[]): Costs {
  return objectives.map(({ metric, direction }) => {
    const value = own(metrics, metric) ?? NaN;
    return direction === 'maximize' ? -value : value;
  });
}
