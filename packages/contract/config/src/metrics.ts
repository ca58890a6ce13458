import {
  ENGINE_METRICS,
  hintOf,
  isMetricName,
  knownMetric,
  listValues,
  meetsNeed,
  neededOption,
  needText,
  own,
  type Candidate,
  type DerivedMetric,
  type Direction,
  type MeasuredMetric,
  type Metric,
  type Registered,
  type Registry,
} from '@archon-dse/core';
import type { Candidates } from './group-by.js';
import { isText, type Node } from './nodes.js';
import type { Problem, Problems } from './problems.js';

/** The metrics that points of a sweep have. */
export interface SweepMetrics {
  readonly known: ReadonlyMap<string, Metric>;
  /** Those the sweep defines itself, by name; they are known too. */
  readonly derived: ReadonlyMap<string, DerivedMetric>;
  /** Whether a stage does not say what it reports, so that any other name may be one of its metrics. */
  readonly isOpen: boolean;
  /** Why the stages and accelerators of the sweep that could measure a metric do not. */
  readonly lacksOf: (metric: string) => readonly string[];
  /** Ids of those of a kind that report a metric, in this sweep or not, with the options they need. */
  readonly reportersOf: (kind: 'stage' | 'accelerator', metric: string) => readonly string[];
}

/** What evaluations measure, and what the stages and accelerators of a sweep add to it: some of its points have it, at least. */
export function metricsOf(
  { stages, accelerators }: Pick<Candidates, 'stages' | 'accelerators'>,
  registry: Registry,
): SweepMetrics {
  const declared = [...stages, ...accelerators].flatMap(({ candidate, meta }) =>
    Object.entries(meta?.metrics ?? {}).map(([name, metric]) => ({ name, metric, candidate })),
  );
  const measured = declared.filter(({ metric, candidate }) => isMeasured(metric, candidate));
  return {
    known: new Map<string, Metric>([
      ...Object.entries(ENGINE_METRICS),
      ...measured.map(({ name, metric }) => [name, metric] as const),
    ]),
    derived: new Map(),
    isOpen: stages.some(({ meta }) => meta === undefined || meta.metrics === undefined),
    lacksOf: (metric) => {
      const lacking = declared.flatMap(({ name, metric: { needs }, candidate }) =>
        name === metric && needs !== undefined
          ? `${candidate.use} measures it only with the option ${needText(needs)}`
          : [],
      );
      return [...new Set(lacking)];
    },
    reportersOf: (kind, metric) => {
      const all: readonly Registered<'stage' | 'accelerator'>[] = registry.list(kind);
      return all.flatMap(({ id, contribution: { meta } }) => {
        const found = own<MeasuredMetric>(meta.metrics ?? {}, metric);
        if (found === undefined) return [];
        return found.needs === undefined ? id : `${id} (with the option ${needText(found.needs)})`;
      });
    },
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

/** Values of a range that are looked at: an option that is a number switches nothing on far out. */
const MOST_LISTED = 1000;

/** Whether a metric is measured with any value of the option it needs. */
function isMeasured({ needs }: MeasuredMetric, { options, axes }: Candidate): boolean {
  if (needs === undefined) return true;
  const option = neededOption(needs);
  const axis = own(axes, option);
  return (axis === undefined ? [own(options, option)] : listValues(axis, MOST_LISTED)).some((value) =>
    meetsNeed(needs, value),
  );
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

function unknown(metric: string, metrics: SweepMetrics): Problem {
  const names = [...metrics.known.keys()];
  const why = metrics.lacksOf(metric).join('; ');
  const reporters = reportersText(metric, metrics);
  return {
    code: 'ARCHON_UNKNOWN_METRIC',
    message: why === '' ? `no metric of this sweep is called "${metric}"` : `no point has ${metric}: ${why}`,
    expected: `one of: ${names.join(', ')}`,
    ...(why === '' && reporters !== '' ? { hint: reporters } : hintOf(metric, names)),
  };
}

/** `The stages a, b and the accelerator c would report it.` */
function reportersText(metric: string, { reportersOf }: SweepMetrics): string {
  const found = (['stage', 'accelerator'] as const).flatMap((kind) => {
    const ids = reportersOf(kind, metric);
    return ids.length === 0 ? [] : `the ${kind}${ids.length === 1 ? '' : 's'} ${ids.join(', ')}`;
  });
  return found.length === 0 ? '' : `T${found.join(' and ').slice(1)} would report it.`;
}
