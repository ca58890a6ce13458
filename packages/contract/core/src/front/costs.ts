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

/** Back from costs to the metrics' own signs. */
export function fromCosts(costs: Costs, objectives: readonly Objective[]): Record<string, number> {
  return Object.fromEntries(
    objectives.map(({ metric, direction }, i) => {
      const cost = costs[i] ?? NaN;
      return [metric, direction === 'maximize' ? 0 - cost : cost];
    }),
  );
}
