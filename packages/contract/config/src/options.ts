import {
  ArchonError,
  fail,
  own,
  type ContributionMeta,
  type Diagnostic,
  type JsonValue,
  type Options,
  type OptionSchema,
} from '@archon-dse/core';
import { quote, stepsOf } from './nodes.js';
import { validatorOf } from './option-schema.js';
import type { Problem } from './problems.js';
import { hintOf } from './report.js';

/**
 * The options of a contribution: what is given, checked against its schema, and the defaults of the rest, in the order declared.
 *
 * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION for each wrong option;
 *   ARCHON_PLUGIN_SHAPE when the schema of an option is not a JSON Schema
 */
export function resolveOptions(meta: ContributionMeta, given: Options): Options {
  const wrong = Object.entries(given).flatMap(([name, value]): Diagnostic[] => {
    const problem = unknownOption(meta, name) ?? badOption(meta, name, value)?.problem;
    return problem === undefined ? [] : [{ ...problem, path: `options.${name}` }];
  });
  const [first, ...rest] = wrong;
  if (first !== undefined) throw new ArchonError(first, ...rest);
  return fillDefaults(meta, given);
}

/** Options in the order declared, defaults where none is given, without those named in `except`. */
export function fillDefaults(meta: ContributionMeta, given: Options, except: readonly string[] = []): Options {
  return Object.fromEntries(
    Object.entries(meta.options)
      .filter(([name]) => !except.includes(name))
      .map(([name, schema]) => [name, own(given, name) ?? schema.default]),
  );
}

/** The problem of an option the contribution does not have, if so. */
export function unknownOption(meta: ContributionMeta, name: string): Problem | undefined {
  const known = Object.keys(meta.options);
  if (known.includes(name)) return undefined;
  return {
    code: 'ARCHON_UNKNOWN_OPTION',
    message: `${meta.name} has no option ${quote(name)}`,
    expected: known.length === 0 ? 'no options at all' : `one of: ${known.join(', ')}`,
    ...hintOf(name, known),
  };
}

/** The problem of a value its option does not allow, if so, and the steps to the part of the value that is wrong. */
export function badOption(
  meta: ContributionMeta,
  name: string,
  value: JsonValue,
): { readonly problem: Problem; readonly within: readonly string[] } | undefined {
  const schema = own(meta.options, name);
  if (schema === undefined) return undefined;
  const validate = compiled(meta, name, schema);
  if (validate(value)) return undefined;
  const { instancePath, message = '' } = validate.errors?.[0] ?? { instancePath: '' };
  const within = stepsOf(instancePath);
  const inner = within.length === 0 ? '' : ` (at ${instancePath}: ${message})`;
  const problem: Problem = {
    code: 'ARCHON_BAD_OPTION',
    message: `${meta.name} cannot have ${name}: ${quote(value)}${inner}`,
    expected: describeOption(schema),
    ...hintOf(...choiceOf(value, within, schema)),
  };
  return { problem, within };
}

/** The wrong text and the texts it could have been: of the option, or of an item of a list. */
function choiceOf(value: JsonValue, within: readonly string[], schema: OptionSchema): [string, readonly string[]] {
  const [index] = within;
  const wrong = Array.isArray(value) && index !== undefined ? (value as readonly JsonValue[])[Number(index)] : value;
  const choices = wrong === value ? schema.enum : schema.items?.['enum'];
  return [typeof wrong === 'string' ? wrong : '', Array.isArray(choices) ? choices.map(String) : []];
}

function compiled(meta: ContributionMeta, name: string, schema: OptionSchema): ReturnType<typeof validatorOf> {
  try {
    return validatorOf(schema);
  } catch (error) {
    return fail({
      code: 'ARCHON_PLUGIN_SHAPE',
      message: `the schema of option "${name}" of ${meta.name} is not a JSON Schema: ${String(error)}`,
      expected: 'a draft-07 JSON Schema',
    });
  }
}

/** Types of values in words. */
export const TYPE_WORDS: Readonly<Record<OptionSchema['type'], string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

const BOUND_WORDS = {
  minimum: 'at least',
  exclusiveMinimum: 'greater than',
  maximum: 'at most',
  multipleOf: 'a multiple of',
  pattern: 'matching',
} as const;

/** What an option takes, in words: `a whole number, at least 1, at most 64 (words)`. */
export function describeOption(schema: OptionSchema): string {
  if (schema.enum !== undefined) return `one of: ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  const bounds = (Object.keys(BOUND_WORDS) as (keyof typeof BOUND_WORDS)[])
    .filter((keyword) => schema[keyword] !== undefined)
    .map((keyword) => `${BOUND_WORDS[keyword]} ${String(schema[keyword])}`);
  const unit = schema.unit === undefined ? '' : ` (${schema.unit})`;
  return [TYPE_WORDS[schema.type], ...bounds].join(', ') + unit;
}
