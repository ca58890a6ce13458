import {
  ENGINE_METRICS,
  hintOf,
  isMetricName,
  knownMetric,
  own,
  type DerivedMetric,
  type Metric,
  type Direction,
  type Registry,
  type StageMetric,
} from '@archon-dse/core';
import type { ReadCandidate } from './candidates.js';
import { isText, type Node } from './nodes.js';
import type { Problem, Problems } from './problems.js';

/** The metrics that points of a sweep have. */
export interface SweepMetrics {
  readonly known: ReadonlyMap<string, Metric>;
  /** Those the sweep defines itself, by name; they are known too. */
  readonly derived: ReadonlyMap<string, DerivedMetric>;
  /** Whether a stage does not say what it reports, so that any other name may be one of its metrics. */
  readonly isOpen: boolean;
  /** Why a metric that a stage could measure is missing from all points, by metric. */
  readonly unmeasured: ReadonlyMap<string, string>;
  /** Ids of stages that report a metric, in this sweep or not. */
  readonly reportersOf: (metric: string) => readonly string[];
}

/** What evaluations measure, and what the stages of a sweep add to it. */
export function metricsOf(stages: readonly ReadCandidate[], registry: Registry): SweepMetrics {
  const declared = stages.flatMap(({ candidate, meta }) =>
    Object.entries(meta?.metrics ?? {}).map(([name, metric]) => ({ name, metric, candidate })),
  );
  const measured = declared.filter(({ metric, candidate }) => isMeasured(metric, candidate));
  const unmeasured = declared.map(({ name, metric: { needs = '' }, candidate }) => {
    return [name, `${candidate.use} measures it only with the option ${needs}`] as const;
  });
  return {
    known: new Map<string, Metric>([
      ...Object.entries(ENGINE_METRICS),
      ...measured.map(({ name, metric }) => [name, metric] as const),
    ]),
    derived: new Map(),
    isOpen: stages.some(({ meta }) => meta === undefined || meta.metrics === undefined),
    unmeasured: new Map(unmeasured),
    reportersOf: (metric) =>
      registry.list('stage').flatMap(({ id, contribution: { meta } }) => (own(meta.metrics ?? {}, metric) ? id : [])),
  };
}

/** The same with metrics that the sweep derives. */
export function withDerived(metrics: SweepMetrics, derived: readonly DerivedMetric[]): SweepMetrics {
  const described = derived.map(({ name, description = '', direction = 'minimize' }) => {
    return [name, { description, direction }] as const;
  });
  return {
    ...metrics,
    known: new Map([...metrics.known, ...described]),
    derived: new Map(derived.map((metric) => [metric.name, metric])),
  };
}

/** Whether any value of the option a metric needs says something. */
function isMeasured({ needs }: StageMetric, { options, axes }: ReadCandidate['candidate']): boolean {
  if (needs === undefined) return true;
  return (own(axes, needs) ?? [own(options, needs)]).some((value) => value !== '');
}

/** The direction of a metric for which the sweep gives none; metrics that nobody declares are minimised. */
export function defaultDirection(metric: string, { known }: SweepMetrics): Direction {
  return known.get(metric)?.direction ?? knownMetric(metric)?.direction ?? 'minimize';
}

/** The name of a metric, `''` where there is none; reports one that no point of the sweep has. */
export function checkMetric(node: Node | undefined, metrics: SweepMetrics, problems: Problems): string {
  if (!isText(node)) return '';
  const problem = problemOfMetric(node.value, metrics);
  if (problem !== undefined) problems.add(node, problem);
  return node.value;
}

/** The problem of a metric that no point of the sweep has, if so. */
export function problemOfMetric(metric: string, metrics: SweepMetrics): Problem | undefined {
  return metrics.known.has(metric) || (metrics.isOpen && isMetricName(metric)) ? undefined : unknown(metric, metrics);
}

function unknown(metric: string, { known, unmeasured, reportersOf }: SweepMetrics): Problem {
  const names = [...known.keys()];
  const why = unmeasured.get(metric);
  const reporters = reportersOf(metric);
  const stages = `The ${reporters.length === 1 ? 'stage' : 'stages'} ${reporters.join(', ')} would report it.`;
  return {
    code: 'ARCHON_UNKNOWN_METRIC',
    message: why === undefined ? `no metric of this sweep is called "${metric}"` : `no point has ${metric}: ${why}`,
    expected: `one of: ${names.join(', ')}`,
    ...(why === undefined && reporters.length > 0 ? { hint: stages } : hintOf(metric, names)),
  };
}
