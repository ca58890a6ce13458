import type { ContributionKind, ContributionMeta, JsonValue, OptionSchema, Registry } from '@archon-dse/core';
import { MOST_AXIS_VALUES } from './axis.js';
import { DEFAULT_SEED, MOST_SEED, NAME_PATTERN } from './head.js';

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

export const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/** What sweeps and experiments begin with. */
export const HEAD_PROPERTIES: JsonSchema = {
  apiVersion: { const: 'archon/v1', description: 'Version of this format.' },
  name: { type: 'string', pattern: NAME_PATTERN, description: 'Used for the names of the results.' },
  description: { type: 'string' },
  plugins: list({ type: 'string', minLength: 1 }, 'Third-party plugin packages, beside the built-in ones.', 0),
  seed: { type: 'integer', minimum: 0, maximum: MOST_SEED, default: DEFAULT_SEED },
};

/** `{ use, options, axes }`. */
export function candidateSchema(registry: Registry, kind: ContributionKind): JsonSchema {
  return useSchema(registry, kind, ({ options }) => ({
    options: closed(mapValues(options, optionSchema), []),
    axes: closed(mapValues(options, axisSchema), []),
  }));
}

/** `{ use, options }`. */
export function choiceSchema(registry: Registry, kind: ContributionKind): JsonSchema {
  return useSchema(registry, kind, ({ options }) => ({ options: closed(mapValues(options, optionSchema), []) }));
}

/** One branch a contribution, chosen by `use`, so that an editor shows the options of that one only. */
function useSchema(
  registry: Registry,
  kind: ContributionKind,
  propertiesOf: (meta: ContributionMeta) => Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const entries = registry.list(kind);
  const names = entries.map((entry) => entry.contribution.meta.name);
  const branches = entries.map(({ id, contribution: { meta } }) => {
    const isOnly = names.filter((name) => name === meta.name).length === 1;
    return { ids: isOnly ? [id, meta.name] : [id], meta, properties: propertiesOf(meta) };
  });
  const keys = Object.keys(branches[0]?.properties ?? {});
  const base = {
    use: { enum: branches.flatMap(({ ids }) => ids) },
    ...Object.fromEntries(keys.map((key) => [key, { type: 'object' }])),
  };
  return {
    ...closed(base, ['use']),
    allOf: branches.map(({ ids, meta, properties }) => ({
      if: { properties: { use: { enum: ids } }, required: ['use'] },
      then: { description: `${meta.title}: ${meta.description}`, properties },
    })),
  };
}

/** Without our own keywords, which editors do not know. */
function optionSchema(option: OptionSchema): JsonSchema {
  const { unit, description } = option;
  const others = Object.entries(option).filter(([keyword]) => !['unit', 'path', 'description'].includes(keyword));
  const schema = Object.fromEntries(others) as JsonSchema;
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

export function closed(properties: Readonly<Record<string, JsonValue>>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

export function list(items: JsonSchema, description: string, minItems: number): JsonSchema {
  return { type: 'array', description, items, minItems };
}

export function reference(kind: ContributionKind): JsonSchema {
  return { $ref: `#/definitions/${kind}` };
}

function mapValues<T>(record: Readonly<Record<string, T>>, map: (value: T) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
