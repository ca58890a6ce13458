import type { AttributeSchemas, ValueSchema } from './contribution.js';
import type { Diagnostic } from './diagnostic.js';
import { quote, type JsonValue } from './json.js';
import { hintOf } from './suggest.js';

/** Whose options are parsed: a contribution, or a component class with its attributes. */
export interface Parsed<O extends AttributeSchemas = AttributeSchemas> {
  readonly name: string;
  readonly options: O;
}

/** What is wrong with an option, before it is located. */
export type OptionProblem = Pick<Diagnostic, 'code' | 'message' | 'expected' | 'hint'>;

/**
 * The problem of an option the contribution does not have, if so.
 *
 * @param known - names it goes by; paths of members where these count too
 */
export function unknownOption(
  { name: contribution, options }: Parsed,
  name: string,
  known: readonly string[] = Object.keys(options),
): OptionProblem | undefined {
  if (known.includes(name)) return undefined;
  return {
    code: 'ARCHON_UNKNOWN_OPTION',
    message: `${contribution} has no option ${quote(name)}`,
    expected: known.length === 0 ? 'no options at all' : `one of: ${known.join(', ')}`,
    ...hintOf(name, known),
  };
}

/** The problem of a member that a map does not have. */
export function unknownMember(
  { name: contribution }: Parsed,
  map: string,
  known: readonly string[],
  name: string,
): OptionProblem {
  return {
    code: 'ARCHON_UNKNOWN_OPTION',
    message: `${map} of ${contribution} has no member ${quote(name)}`,
    expected: known.length === 0 ? 'an empty map' : `one of: ${known.join(', ')}`,
    ...hintOf(name, known),
  };
}

/** The problem of a value that an option, or an item of it, does not allow. */
export function refusedValue(
  { name: contribution }: Parsed,
  name: string,
  schema: Partial<ValueSchema>,
  value: JsonValue | undefined,
): OptionProblem {
  return {
    code: 'ARCHON_BAD_OPTION',
    message: `${contribution} cannot have ${name}: ${value === undefined ? 'nothing' : quote(value)}`,
    expected: describeOption(schema),
    ...hintOf(typeof value === 'string' ? value : '', (schema.enum ?? []).map(String)),
  };
}

/** Types of values in words. */
export const TYPE_WORDS: Readonly<Record<ValueSchema['type'], string>> = {
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
export function describeOption(schema: Partial<ValueSchema>): string {
  if (schema.enum !== undefined) return `one of: ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  const bounds = (Object.keys(BOUND_WORDS) as (keyof typeof BOUND_WORDS)[])
    .filter((keyword) => schema[keyword] !== undefined)
    .map((keyword) => `${BOUND_WORDS[keyword]} ${String(schema[keyword])}`);
  const unit = schema.unit === undefined ? '' : ` (${schema.unit})`;
  return [typeWords(schema), ...bounds].join(', ') + unit;
}

function typeWords({ type, document, named = {} }: Partial<ValueSchema>): string {
  if (type === undefined) return 'a value';
  if (document === undefined) return TYPE_WORDS[type];
  return [...Object.keys(named), 'the path of a file in YAML or JSON'].join(', ') + `, or ${TYPE_WORDS[type]}`;
}
