import { CONTRIBUTION_KINDS, type ContributionKind, type Registry } from '@archon-dse/core';
import { METRICS } from './metrics.js';
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

const METRIC: JsonSchema = {
  description: 'A metric of the results; stages may add others.',
  anyOf: [{ enum: Object.keys(METRICS) }, { type: 'string' }],
};

const OBJECTIVE: JsonSchema = {
  if: { type: 'object' },
  then: closed({ metric: METRIC, direction: { enum: ['minimize', 'maximize'] } }, ['metric']),
  else: METRIC,
};

const CONSTRAINT = closed({ metric: METRIC, min: { type: 'number' }, max: { type: 'number' } }, ['metric']);

const REFERENCE = closed(
  {
    metric: METRIC,
    value: { type: 'number' },
    label: { type: 'string', minLength: 1, description: 'What the line is.' },
    source: { type: 'string', minLength: 1, description: 'Where the value was published.' },
  },
  ['metric', 'value', 'label', 'source'],
);

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

/**
 * The JSON Schema (draft-07) of sweeps that use the contributions of a registry, for completion and checks in editors.
 *
 * It accepts every sweep {@link parseSweep} accepts; what needs more than a schema (metrics of stages, `groupBy`, options given twice)
 * only `parseSweep` checks.
 */
export function sweepSchema(registry: Registry): JsonSchema {
  const kinds = Object.keys(CONTRIBUTION_KINDS) as ContributionKind[];
  return {
    $schema: DRAFT_07,
    title: 'Archon DSE sweep',
    ...closed(
      {
        ...HEAD_PROPERTIES,
        networks: list(reference('network'), 'The networks to evaluate.', 1),
        stages: list(reference('stage'), 'Compression stages, in the order they run.', 0),
        accelerators: list(reference('accelerator'), 'The accelerators to evaluate the networks on.', 1),
        objectives: list(OBJECTIVE, 'Metrics of the Pareto front.', 1),
        constraints: list(CONSTRAINT, 'Bounds that points on the front keep.', 0),
        groupBy: {
          type: 'string',
          description: 'One front for each value of this part of a point.',
          anyOf: [
            { enum: ['network', 'accelerator'] },
            { pattern: '^(network|accelerator|stages\\[\\d+\\])\\.options\\.' },
          ],
        },
        references: list(REFERENCE, 'Published values, shown as lines beside what is measured.', 0),
        executor: EXECUTOR,
      },
      ['apiVersion', 'name', 'networks', 'accelerators', 'objectives'],
    ),
    definitions: Object.fromEntries(kinds.map((kind) => [kind, candidateSchema(registry, kind)])),
  };
}
