import { CHOICE_KINDS, DIRECTIONS, POINT_PATH, type ChoiceKind } from '@archon-dse/core';
import {
  closed,
  entry,
  HEAD,
  list,
  MAP,
  searchOf,
  rangeOr,
  REQUIRED_HEAD,
  text,
  VALUES,
  WHERE,
  type JsonSchema,
} from './grammar-parts.js';
import { EXECUTOR } from './executor.js';
import { pick } from './pick.js';
import type { Subject } from './problems.js';

/** What the plugins that are loaded give a text to name. */
export interface Vocabulary {
  readonly metric: JsonSchema;
  /** The same in a sweep that defines metrics of its own, which may have any name. */
  readonly anyMetric: JsonSchema;
  /** An entry that names a contribution, with axes or without. */
  readonly entry: (kind: ChoiceKind, isVaried: boolean) => JsonSchema;
  /** Values by path into a point. */
  readonly settings: JsonSchema;
  /** A strategy with its options, for a sweep that searches. */
  readonly search: JsonSchema;
}

const CHOICE: JsonSchema = { type: 'string' };
/** An axis, whatever its option. */
export const AXIS: JsonSchema = {
  type: ['array', 'object'],
  description: 'A list of values, or a range { from, to, step } or { from, to, factor }.',
  ...rangeOr(VALUES),
};
const VARIED = entry(CHOICE, { ...MAP, additionalProperties: AXIS });
const FIXED = entry(CHOICE, undefined);

/** Any names at all: what they mean, and which options they have, is for a registry to say. */
const ANY_METRIC: JsonSchema = { type: 'string', description: 'The name of a metric.' };
const ANY: Vocabulary = {
  metric: ANY_METRIC,
  anyMetric: ANY_METRIC,
  entry: (_, isVaried) => (isVaried ? VARIED : FIXED),
  settings: settings({}),
  search: searchOf(text('The name of a strategy.')),
};

/** Values by path into a point: the seed, and options as they are told here. */
export function settings(options: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    ...MAP,
    description:
      'What the second step changes: values by seed, network.options.X, stages[i].options.X or accelerator.options.X.',
    properties: { ...pick(HEAD, 'seed'), ...options },
    minProperties: 1,
  };
}

const TOP: JsonSchema = {
  type: ['string', 'integer'],
  description: 'front, or a whole number from 1. The points of the first step to evaluate again.',
  ...{
    if: { type: 'integer' },
    then: { type: 'integer', minimum: 1, maximum: 1_000_000 },
    else: { type: 'string', pattern: '^front$', examples: ['front'], description: 'front, or a whole number from 1.' },
  },
};

function objective(metric: JsonSchema): JsonSchema {
  const direction = { enum: DIRECTIONS };
  return {
    type: ['string', 'object'],
    description: 'The name of a metric, or { metric, direction }.',
    ...{ if: MAP, then: closed({ metric, direction }, ['metric']), else: metric },
  };
}

const DERIVED_METRICS: JsonSchema = {
  ...MAP,
  description: 'Metrics that follow from others by a formula.',
  additionalProperties: {
    type: ['string', 'object'],
    description: 'A formula, or { formula, unit, direction, description }.',
    ...{
      if: MAP,
      then: closed(
        {
          formula: text('A formula.'),
          unit: text('The unit of the metric.'),
          direction: { enum: DIRECTIONS },
          description: { type: 'string' },
        },
        ['formula'],
      ),
      else: text('A formula.'),
    },
  },
};
const CONSTANTS: JsonSchema = {
  ...MAP,
  description: 'Numbers that formulas name.',
  additionalProperties: { type: 'number' },
};

/** The parts of a sweep that name metrics. */
function namingMetrics(metric: JsonSchema) {
  return {
    objectives: list(objective(metric), 'Metrics of the Pareto front.', 1),
    constraints: list(constraint(metric), 'Bounds that points on the front keep.', 0),
    references: list(publishedValue(metric), 'Published values, shown as lines beside what is measured.', 0),
  };
}

function constraint(metric: JsonSchema): JsonSchema {
  const bound = { type: 'number' };
  return {
    ...closed({ metric, min: bound, max: bound }, ['metric']),
    anyOf: [{ required: ['min'] }, { required: ['max'] }],
  };
}

function publishedValue(metric: JsonSchema): JsonSchema {
  const label = text('What the line is.');
  const source = text('Where the value was published.');
  return closed({ metric, value: { type: 'number' }, label, source }, ['metric', 'value', 'label', 'source']);
}

const PUBLISHED: JsonSchema = {
  ...closed(
    {
      accuracy: { type: 'number', minimum: 0, maximum: 1, description: 'Share of test images recognised.' },
      loss: { type: 'number', description: 'As published, L2 terms included or not.' },
      images: { type: 'integer', minimum: 1, maximum: 1e9, description: 'Test images it was measured on.' },
      source: text('Where the figure was published.'),
    },
    ['accuracy', 'source'],
  ),
  description: 'What a publication reports for this run: shown beside what is measured, never instead of it.',
};

function grammar(title: string, body: JsonSchema, definitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...body, definitions };
}

function entries(kinds: readonly ChoiceKind[], isVaried: boolean, vocabulary: Vocabulary) {
  return Object.fromEntries(kinds.map((kind) => [kind, vocabulary.entry(kind, isVaried)]));
}

const named = (kind: ChoiceKind): JsonSchema => ({ $ref: `#/definitions/${kind}` });

/** The grammar of sweeps. */
export function sweepGrammar(vocabulary: Vocabulary): JsonSchema {
  const { metric, anyMetric } = vocabulary;
  const { references, ...naming } = namingMetrics(anyMetric);
  const properties = {
    ...HEAD,
    networks: list(named('network'), 'The networks to evaluate.', 1),
    stages: list(named('stage'), 'Compression stages, in the order they run.', 0),
    accelerators: list(named('accelerator'), 'The accelerators to evaluate the networks on.', 1),
    where: WHERE,
    constants: CONSTANTS,
    metrics: DERIVED_METRICS,
    ...naming,
    groupBy: {
      type: 'string',
      pattern: POINT_PATH,
      examples: ['network', 'accelerator'],
      description:
        'network, accelerator, network.options.X, accelerator.options.X or stages[i].options.X. One front for each value of this part of a point.',
    },
    search: vocabulary.search,
    refine: {
      ...closed({ top: TOP, set: vocabulary.settings }, ['top', 'set']),
      description: 'A second step: the best points again with other options; the front is then theirs.',
    },
    references,
    executor: EXECUTOR,
  };
  const body = closed(properties, [...REQUIRED_HEAD, 'networks', 'accelerators', 'objectives']);
  const strict =
    metric === anyMetric ? {} : { if: { required: ['metrics'] }, else: { properties: namingMetrics(metric) } };
  return grammar(
    'Archon DSE sweep',
    { ...body, ...strict },
    entries(Object.keys(CHOICE_KINDS) as ChoiceKind[], true, vocabulary),
  );
}

/** The grammar of experiments. */
export function experimentGrammar(vocabulary: Vocabulary): JsonSchema {
  const properties = {
    ...HEAD,
    kind: { const: 'experiment', description: 'Tells an experiment from a sweep.' },
    network: named('network'),
    stages: list(named('stage'), 'The whole chain of stages, in the order they run.', 1),
    published: PUBLISHED,
  };
  const body = closed(properties, [...REQUIRED_HEAD, 'kind', 'network', 'stages']);
  return grammar('Archon DSE experiment', body, entries(['network', 'stage'], false, vocabulary));
}

/** The grammars that texts are checked against, before any name in them. */
export const GRAMMARS: Readonly<Record<Subject, JsonSchema>> = {
  sweep: sweepGrammar(ANY),
  experiment: experimentGrammar(ANY),
};
