import {
  ENGINE_METRICS,
  METRIC_NAME,
  optionsByPath,
  type ChoiceKind,
  type ContributionMeta,
  type MemberSchema,
  type Registry,
} from '@archon-dse/core';
import { closed, entry, listOr, MAP, rangeOr, searchOf, text, VALUES, type JsonSchema } from './grammar-parts.js';
import { experimentGrammar, settings, sweepGrammar, type Vocabulary } from './grammars.js';
import { contentSchemaOf, jsonSchemaOf } from './option-json-schema.js';

/**
 * The JSON Schema (draft-07) of sweeps that use the contributions of a registry, for completion and checks in editors.
 *
 * It accepts every sweep {@link parseSweep} accepts; what needs more than a schema (who is there to report
 * a metric, bounds that exclude each other, options that groupBy names, options given twice) only `parseSweep` checks.
 */
export function sweepSchema(registry: Registry): JsonSchema {
  return sweepGrammar(vocabularyOf(registry));
}

/** The same of experiments; it accepts what {@link parseExperiment} accepts. */
export function experimentSchema(registry: Registry): JsonSchema {
  return experimentGrammar(vocabularyOf(registry));
}

/** The JSON Schema (draft-07) of the documents that an option takes, see `document` of `ValueSchema`. */
export function documentSchema(document: {
  readonly title: string;
  readonly option: Partial<MemberSchema>;
}): JsonSchema {
  const { title, option } = document;
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, ...contentSchemaOf(option) };
}

function vocabularyOf(registry: Registry): Vocabulary {
  const anyMetric = { type: 'string', pattern: METRIC_NAME, description: 'A metric of the results.' };
  return {
    metric: metricSchema(registry),
    anyMetric,
    entry: (kind, isVaried) => entrySchema(registry, kind, isVaried),
    settings: settingsSchema(registry),
    search: searchSchema(registry),
  };
}

/** The metrics of evaluations, of all stages and of all accelerators; any other name too where a stage does not say what it reports. */
function metricSchema(registry: Registry): JsonSchema {
  const stages = registry.list('stage').map(({ contribution: { meta } }) => meta.metrics);
  const accelerators = registry.list('accelerator').map(({ contribution: { meta } }) => meta.metrics);
  const names = [ENGINE_METRICS, ...stages, ...accelerators].flatMap((metrics) => Object.keys(metrics ?? {}));
  const known: JsonSchema = { enum: [...new Set(names)] };
  const isOpen = stages.includes(undefined);
  return {
    description: 'A metric of the results.',
    ...(isOpen ? { anyOf: [known, { type: 'string', pattern: METRIC_NAME }] } : known),
  };
}

/** One branch a contribution, chosen by `use`, so that an editor shows the options of that one only. */
function entrySchema(registry: Registry, kind: ChoiceKind, isVaried: boolean): JsonSchema {
  const branches = branchesOf(registry, kind);
  return {
    ...entry({ enum: branches.flatMap(({ ids }) => ids) }, isVaried ? MAP : undefined),
    allOf: branches.map(({ ids, meta }) => ({
      if: { properties: { use: { enum: ids } }, required: ['use'] },
      then: { description: `${meta.title}: ${meta.description}`, properties: optionsOf(meta, isVaried) },
    })),
  };
}

/** One branch a strategy, with its options beside the keys of every search. */
function searchSchema(registry: Registry): JsonSchema {
  const entries = registry.list('strategy');
  if (entries.length === 0) return searchOf(text('The name of a strategy.'));
  const shared = searchOf({});
  const branches = branchesOf(registry, 'strategy');
  return {
    ...searchOf({ enum: branches.flatMap(({ ids }) => ids) }),
    allOf: branches.map(({ ids, meta }) => ({
      if: { properties: { strategy: { enum: ids } }, required: ['strategy'] },
      then: {
        description: `${meta.title}: ${meta.description}`,
        ...closed(
          { ...(shared['properties'] as object), ...byName(meta.options) },
          'isExhaustive' in meta ? [] : ['budget'],
        ),
      },
    })),
  };
}

function byName(options: ContributionMeta['options']): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, jsonSchemaOf(option)]));
}

/** What each contribution of a kind may be called, the short name only where no other has it. */
function branchesOf(registry: Registry, kind: ChoiceKind | 'strategy') {
  const entries = registry.list(kind);
  const names = entries.map(({ contribution: { meta } }) => meta.name);
  return entries.map(({ id, contribution: { meta } }) => {
    const isOnly = names.filter((name) => name === meta.name).length === 1;
    return { ids: isOnly ? [id, meta.name] : [id], meta };
  });
}

/** Any of the options that contributions have, by path into a point; of one name, what any of them takes. */
function settingsSchema(registry: Registry): JsonSchema {
  const pathsOf = (kind: ChoiceKind, part: string): readonly (readonly [string, JsonSchema])[] =>
    registry
      .list(kind)
      .flatMap(({ contribution: { meta } }) =>
        variedOptions(meta.options).map(([name, option]) => [`${part}.options.${name}`, valueSchema(option)] as const),
      );
  const known = new Map<string, JsonSchema[]>();
  for (const [path, schema] of [...pathsOf('network', 'network'), ...pathsOf('accelerator', 'accelerator')]) {
    known.set(path, [...(known.get(path) ?? []), schema]);
  }
  const any = ([first = {}, ...others]: readonly JsonSchema[]): JsonSchema =>
    others.length === 0 ? first : { anyOf: [first, ...others] };
  const [open, fixed] = [true, false].map((isOpen) => [...known].filter(([path]) => path.includes('*') === isOpen));
  const patterns = (open ?? []).map(([path, schemas]) => [patternOf(path), any(schemas)]);
  return {
    ...settings(Object.fromEntries((fixed ?? []).map(([path, schemas]) => [path, any(schemas)]))),
    patternProperties: { '^stages\\[\\d+\\]\\.options\\..+$': {}, ...Object.fromEntries(patterns) },
    additionalProperties: false,
  };
}

function optionsOf({ options }: ContributionMeta, isVaried: boolean): Readonly<Record<string, JsonSchema>> {
  return {
    options: byPath(Object.entries(options), jsonSchemaOf),
    ...(isVaried ? { axes: byPath(variedOptions(options), axisSchema) } : {}),
  };
}

/** Options and members by path; of documents themselves and their single values, since whole parts of one would fill the schema. */
function variedOptions(options: ContributionMeta['options']): readonly (readonly [string, MemberSchema])[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const all = Object.entries(optionsByPath({ [name]: option }));
    if (option.document === undefined) return all;
    return all.filter(
      ([path, { type, items }]) => path === name || (type !== 'object' && items?.properties === undefined),
    );
  });
}

/** A closed map with a key for each path; where a path has a `*`, any name does. */
function byPath(
  options: readonly (readonly [string, MemberSchema])[],
  map: (option: MemberSchema) => JsonSchema,
): JsonSchema {
  const schemas = options.map(([path, option]) => [path, map(option)] as const);
  const patterns = schemas.filter(([path]) => path.includes('*')).map(([path, one]) => [patternOf(path), one] as const);
  return {
    ...closed(Object.fromEntries(schemas.filter(([path]) => !path.includes('*'))), []),
    ...(patterns.length > 0 ? { patternProperties: Object.fromEntries(patterns) } : {}),
  };
}

function patternOf(path: string): string {
  return `^${path.replaceAll('.', '\\.').replaceAll('[', '\\[').replaceAll('*', '[^.]+')}$`;
}

/** One of several values of an option: of a document a path, a name or any map, which `parseSweep` looks at. */
function valueSchema(option: MemberSchema): JsonSchema {
  const schema = jsonSchemaOf(option);
  if (option.document === undefined) return schema;
  return { type: schema['type'] ?? null, description: schema['description'] ?? '' };
}

function axisSchema(option: MemberSchema): JsonSchema {
  const { description, ...items } = valueSchema(option);
  const values = { ...VALUES, items, uniqueItems: true };
  const isNumeric = option.type === 'number' || option.type === 'integer';
  return { description: description ?? '', ...(isNumeric ? rangeOr(values) : listOr(values)) };
}
