import type { Constraint, Objective } from '@archon-dse/core';
import { Bounds } from './bounds.js';
import { defaultDirection, readMetric, type SweepMetrics } from './metrics.js';
import type { Node } from './nodes.js';
import type { Problems } from './problems.js';
import {
  nameOf,
  readFields,
  readItems,
  readNumber,
  readOneOf,
  readSomeItems,
  reportDuplicates,
  reportType,
} from './readers.js';

const OBJECTIVE_KEYS = { required: ['metric'], optional: ['direction'] } as const;
const CONSTRAINT_KEYS = { required: ['metric'], optional: ['min', 'max'] } as const;
const DIRECTIONS = ['minimize', 'maximize'] as const;

/** Reads `objectives`: each a metric's name, or `{ metric, direction }`. */
export function readObjectives(
  node: Node | undefined,
  metrics: SweepMetrics,
  problems: Problems,
): readonly Objective[] {
  const items = readSomeItems(node, problems);
  const objectives = items.map((item) => readObjective(item, metrics, problems));
  const named = items.map((item, i) => ({ value: objectives[i]?.metric ?? '', node: item }));
  reportDuplicates(
    named.filter(({ value }) => value !== ''),
    problems,
  );
  return objectives;
}

function readObjective(node: Node, metrics: SweepMetrics, problems: Problems): Objective {
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    const metric = readMetric(node, metrics, problems);
    return { metric, direction: defaultDirection(metric, metrics) };
  }
  if (node.kind !== 'map') {
    reportType(node, 'the name of a metric, or { metric, direction }', problems);
    return { metric: '', direction: 'minimize' };
  }
  const fields = readFields(node, OBJECTIVE_KEYS, problems);
  const metric = readMetric(fields.metric, metrics, problems);
  const direction = fields.direction
    ? readOneOf(fields.direction, DIRECTIONS, problems)
    : defaultDirection(metric, metrics);
  return { metric, direction };
}

/** Reads `constraints`: each `{ metric, min, max }` with at least one bound, and bounds that some value can keep together. */
export function readConstraints(
  node: Node | undefined,
  metrics: SweepMetrics,
  problems: Problems,
): readonly Constraint[] {
  const bounds = new Bounds(metrics, problems);
  return readItems(node, problems).map((item) => {
    const fields = readFields(item, CONSTRAINT_KEYS, problems);
    const metric = readMetric(fields.metric, metrics, problems);
    const min = readNumber(fields.min, problems);
    const max = readNumber(fields.max, problems);
    if (item.kind === 'map' && !fields.min && !fields.max) {
      problems.add(
        { path: item.path, span: item.label },
        {
          code: 'ARCHON_SWEEP_MISSING_KEY',
          message: `${nameOf(item, problems)} has no bound`,
          expected: 'min, max or both',
        },
      );
    }
    if (fields.min && min !== undefined) bounds.add(metric, 'min', { node: fields.min, value: min });
    if (fields.max && max !== undefined) bounds.add(metric, 'max', { node: fields.max, value: max });
    return { metric, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  });
}
