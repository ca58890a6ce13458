import {
  CONTRIBUTION_KINDS,
  ENGINE_METRICS,
  METRIC_NAME,
  type ContributionKind,
  type Registry,
} from '@archon-dse/core';
import {
  candidateSchema,
  closed,
  DRAFT_07,
  HEAD_PROPERTIES,
  list,
  reference,
  type JsonSchema,
} from './schema-parts.js';
import { MOST_TIMEOUT_S, MOST_WORKERS } from './sweep.js';

const EXECUTOR = closed(
  {
    kind: { enum: ['workerpool', 'serial'], description: 'Worker threads, or one point after the other.' },
    workers: { type: 'integer', minimum: 1, maximum: MOST_WORKERS, description: 'Default: one for each core.' },
    timeoutS: {
      type: 'number',
      exclusiveMinimum: 0,
      maximum: MOST_TIMEOUT_S,
      description: 'A point that takes longer, in seconds, fails; default no limit. Not with serial.',
    },
  },
  ['kind'],
);

/** The metrics of evaluations and of all stages; any other name too where a stage does not say what it reports. */
function metricSchema(registry: Registry): JsonSchema {
  const stages = registry.list('stage').map(({ contribution: { meta } }) => meta.metrics);
  const names = [ENGINE_METRICS, ...stages].flatMap((metrics) => Object.keys(metrics ?? {}));
  const known: JsonSchema = { enum: [...new Set(names)] };
  const isOpen = stages.includes(undefined);
  return {
    description: 'A metric of the results.',
    ...(isOpen ? { anyOf: [known, { type: 'string', pattern: METRIC_NAME }] } : known),
  };
}

function objectiveSchema(metric: JsonSchema): JsonSchema {
  const direction = { enum: ['minimize', 'maximize'] };
  return { if: { type: 'object' }, then: closed({ metric, direction }, ['metric']), else: metric };
}

function constraintSchema(metric: JsonSchema): JsonSchema {
  const bound = { type: 'number' };
  return { ...closed({ metric, min: bound, max: bound }, ['metric']), minProperties: 2 };
}

function referenceSchema(metric: JsonSchema): JsonSchema {
  const properties = {
    metric,
    value: { type: 'number' },
    label: { type: 'string', minLength: 1, description: 'What the line is.' },
    source: { type: 'string', minLength: 1, description: 'Where the value was published.' },
  };
  return closed(properties, ['metric', 'value', 'label', 'source']);
}

/**
 * The JSON Schema (draft-07) of sweeps that use the contributions of a registry, for completion and checks in editors.
 *
 * It accepts every sweep {@link parseSweep} accepts; what needs more than a schema (which stages are there to
 * report a metric, bounds that exclude each other, `groupBy`, options given twice) only `parseSweep` checks.
 */
export function sweepSchema(registry: Registry): JsonSchema {
  const kinds = Object.keys(CONTRIBUTION_KINDS) as ContributionKind[];
  const metric = metricSchema(registry);
  return {
    $schema: DRAFT_07,
    title: 'Archon DSE sweep',
    ...closed(
      {
        ...HEAD_PROPERTIES,
        networks: list(reference('network'), 'The networks to evaluate.', 1),
        stages: list(reference('stage'), 'Compression stages, in the order they run.', 0),
        accelerators: list(reference('accelerator'), 'The accelerators to evaluate the networks on.', 1),
        objectives: list(objectiveSchema(metric), 'Metrics of the Pareto front.', 1),
        constraints: list(constraintSchema(metric), 'Bounds that points on the front keep.', 0),
        groupBy: {
          type: 'string',
          description: 'One front for each value of this part of a point.',
          anyOf: [
            { enum: ['network', 'accelerator'] },
            { pattern: '^(network|accelerator|stages\\[\\d+\\])\\.options\\..+$' },
          ],
        },
        references: list(referenceSchema(metric), 'Published values, shown as lines beside what is measured.', 0),
        executor: EXECUTOR,
      },
      ['apiVersion', 'name', 'networks', 'accelerators', 'objectives'],
    ),
    definitions: Object.fromEntries(kinds.map((kind) => [kind, candidateSchema(registry, kind)])),
  };
}
