import type { Objective } from '@archon-dse/core';
import type { Node } from './nodes.js';
import type { Problems } from './problems.js';
import { hintOf, readText } from './readers.js';

/** Metrics every evaluation has, or that the built-in stages add, and which way is better. */
export const METRICS: Readonly<Record<string, Objective['direction']>> = {
  cycles: 'minimize',
  energyPj: 'minimize',
  areaUm2: 'minimize',
  edpPjCycles: 'minimize',
  macs: 'minimize',
  parameters: 'minimize',
  utilization: 'maximize',
  accuracy: 'maximize',
};

/** The direction of a metric for which the sweep gives none; metrics of third-party stages are minimised. */
export function defaultDirection(metric: string): Objective['direction'] {
  return (Object.hasOwn(METRICS, metric) ? METRICS[metric] : undefined) ?? 'minimize';
}

/** Reads the name of a metric. Stages may add metrics of their own, so any name is allowed when there are stages. */
export function readMetric(node: Node | undefined, hasStages: boolean, problems: Problems): string {
  const metric = readText(node, problems);
  const known = Object.keys(METRICS);
  if (node?.kind === 'scalar' && typeof node.value === 'string' && !known.includes(metric) && !(hasStages && metric)) {
    problems.add(node, {
      code: 'ARCHON_UNKNOWN_METRIC',
      message: `no metric is called "${metric}"`,
      expected: `one of: ${known.join(', ')}`,
      ...hintOf(metric, known),
    });
  }
  return metric;
}
