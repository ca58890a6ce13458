import type { JsonValue } from '@archon-dse/core';

/** A JSON Schema, draft-07. */
export type JsonSchema = { readonly [key: string]: JsonValue };

/**
 * What sweeps and experiments are made of. Descriptions are for editors, and the first sentence of a text's is what a wrong one should have
 * been, so it says what the text is.
 */

/** The most values one axis may have. */
export const MOST_AXIS_VALUES = 10_000;
/** The most values of a range that is not expanded. */
export const MOST_RANGE_VALUES = 2 ** 31 - 1;
/** The seed of a text that gives none. */
export const DEFAULT_SEED = 1;

export const MAP: JsonSchema = { type: 'object' };

export function closed(properties: Readonly<Record<string, JsonValue>>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

export function list(items: JsonSchema, description: string, minItems: number): JsonSchema {
  return { type: 'array', description, items, minItems };
}

/** Text that says something. */
export function text(description: string): JsonSchema {
  return { type: 'string', minLength: 1, description };
}

const PLUGINS = list(text('The name of a package.'), 'Third-party plugin packages, beside the built-in ones.', 0);

/** What sweeps and experiments begin with. */
export const HEAD: Readonly<Record<string, JsonSchema>> = {
  apiVersion: { const: 'archon/v1', description: 'Version of this format.' },
  name: {
    type: 'string',
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
    description: 'Letters, digits, dots, hyphens and underscores; the name is used for files.',
  },
  description: { type: 'string' },
  plugins: PLUGINS,
  seed: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1, default: DEFAULT_SEED },
};
export const REQUIRED_HEAD = ['apiVersion', 'name'] as const;

/** All that must be right before plugins can be loaded. */
export const PLUGIN_LIST: JsonSchema = { type: 'object', properties: { plugins: PLUGINS } };

const RANGE_BOUNDS = {
  from: { type: 'number' },
  to: { type: 'number' },
  step: { type: 'number', exclusiveMinimum: 0 },
  factor: { type: 'number', exclusiveMinimum: 1 },
} as const;

/** With which values of other options an axis exists. */
const WHEN: JsonSchema = {
  ...MAP,
  description: 'Values of axes before this one, by option: the axis exists only with them.',
  additionalProperties: { if: { type: 'array' }, then: { type: 'array', minItems: 1 } },
  minProperties: 1,
};

const RANGE: JsonSchema = {
  ...closed({ ...RANGE_BOUNDS, when: WHEN }, ['from', 'to']),
  description: 'From one value to another, both included: with a step that is added, or a factor that multiplies.',
};

/** Whether a schema is that of a bound of a range. */
export function isRangeBound(schema: object): boolean {
  return Object.values<object>(RANGE_BOUNDS).includes(schema);
}

/** The values of an axis one by one. */
export const VALUES: JsonSchema = { type: 'array', minItems: 1, maxItems: MOST_AXIS_VALUES };

/** A list of values as it is, or as a part of a map with a condition. */
export function listOr(values: JsonSchema, other: JsonSchema = { type: 'array' }): JsonSchema {
  const listed = closed({ values, when: WHEN }, ['values']);
  return { if: MAP, then: { if: { ...MAP, required: ['values'] }, then: listed, else: other }, else: values };
}

/** A range, or what else an axis may be. */
export function rangeOr(values: JsonSchema): JsonSchema {
  return listOr(values, RANGE);
}

export const WHERE: JsonSchema = {
  type: ['string', 'array'],
  description: 'A condition between options, or a list of them.',
  ...{
    if: { type: 'array' },
    then: { type: 'array', items: text('A condition.'), minItems: 1 },
    else: text('A condition.'),
  },
};

/** `{ use, options, axes, where }`, or without the last two where nothing varies. */
export function entry(use: JsonSchema, axes: JsonSchema | undefined): JsonSchema {
  return closed({ use, options: MAP, ...(axes === undefined ? {} : { axes, where: WHERE }) }, ['use']);
}

/** What every search says, but for one by a strategy that ends by itself, which needs no budget. */
export const SEARCH_REQUIRED = ['strategy', 'budget'];

/** `{ strategy, budget, seed }`, with the options of the strategy beside them. Whether the budget is missing depends on the strategy. */
export function searchOf(strategy: JsonSchema): JsonSchema {
  const budget = closed(
    { points: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'The most points to evaluate.' } },
    ['points'],
  );
  return {
    ...MAP,
    description: 'A search for the points worth evaluating, in place of all of them.',
    properties: { strategy, budget: { ...budget, description: 'How much to evaluate.' }, seed: HEAD['seed'] ?? {} },
    required: ['strategy'],
  };
}
