import {
  CONTRIBUTION_KINDS,
  type ContributionKind,
  type JsonValue,
  type OptionSchema,
  type Registry,
} from '@archon-dse/core';
import { MOST_AXIS_VALUES } from './axis.js';
import { METRICS } from './metrics.js';
import { NAME_PATTERN, SWEEP_DEFAULTS, SWEEP_LIMITS } from './sweep.js';

/** A JSON Schema, draft-07. */
export type JsonSchema = { readonly [key: string]: JsonValue };

const RANGE: JsonSchema = {
  type: 'object',
  description: 'From one value to another, both included: with a step that is added, or a factor that multiplies.',
  properties: {
    from: { type: 'number' },
    to: { type: 'number' },
    step: { type: 'number', exclusiveMinimum: 0 },
    factor: { type: 'number', exclusiveMinimum: 1 },
  },
  required: ['from', 'to'],
  additionalProperties: false,
};

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

const EXECUTOR = closed(
  {
    kind: { enum: ['workerpool', 'serial'], description: 'Worker threads, or one point after the other.' },
    workers: { type: 'integer', minimum: 1, maximum: SWEEP_LIMITS.workers, description: 'Default: one for each core.' },
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
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Archon DSE sweep',
    ...closed(
      {
        apiVersion: { const: 'archon/v1', description: 'Version of this format.' },
        name: { type: 'string', pattern: NAME_PATTERN, description: 'Used for the names of the results.' },
        description: { type: 'string' },
        plugins: list({ type: 'string', minLength: 1 }, 'Third-party plugin packages, beside the built-in ones.', 0),
        seed: { type: 'integer', minimum: 0, maximum: SWEEP_LIMITS.seed, default: SWEEP_DEFAULTS.seed },
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
        executor: EXECUTOR,
      },
      ['apiVersion', 'name', 'networks', 'accelerators', 'objectives'],
    ),
    definitions: Object.fromEntries(kinds.map((kind) => [kind, candidateSchema(registry, kind)])),
  };
}

/** One branch a contribution, chosen by `use`, so that an editor shows the options of that one only. */
function candidateSchema(registry: Registry, kind: ContributionKind): JsonSchema {
  const entries = registry.list(kind);
  const names = entries.map((entry) => entry.contribution.meta.name);
  const branches = entries.map(({ id, contribution: { meta } }) => {
    const isOnly = names.filter((name) => name === meta.name).length === 1;
    return { ids: isOnly ? [id, meta.name] : [id], meta };
  });
  const base = {
    use: { enum: branches.flatMap(({ ids }) => ids) },
    options: { type: 'object' },
    axes: { type: 'object' },
  };
  return {
    ...closed(base, ['use']),
    allOf: branches.map(({ ids, meta }) => ({
      if: { properties: { use: { enum: ids } }, required: ['use'] },
      then: {
        description: `${meta.title}: ${meta.description}`,
        properties: {
          options: closed(mapValues(meta.options, optionSchema), []),
          axes: closed(mapValues(meta.options, axisSchema), []),
        },
      },
    })),
  };
}

function optionSchema({ unit, description, ...schema }: OptionSchema): JsonSchema {
  return { ...schema, description: unit === undefined ? description : `${description} [${unit}]` };
}

function axisSchema(option: OptionSchema): JsonSchema {
  const { description, ...items } = optionSchema(option);
  const values = { type: 'array', items, minItems: 1, maxItems: MOST_AXIS_VALUES, uniqueItems: true };
  const isNumeric = option.type === 'number' || option.type === 'integer';
  return {
    description: description ?? '',
    ...(isNumeric ? { if: { type: 'object' }, then: RANGE, else: values } : values),
  };
}

function closed(properties: Readonly<Record<string, JsonValue>>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

function list(items: JsonSchema, description: string, minItems: number): JsonSchema {
  return { type: 'array', description, items, minItems };
}

function reference(kind: ContributionKind): JsonSchema {
  return { $ref: `#/definitions/${kind}` };
}

function mapValues<T>(record: Readonly<Record<string, T>>, map: (value: T) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
