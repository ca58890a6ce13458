import { hintOf, quote, TYPE_WORDS, type OptionSchema } from '@archon-dse/core';
import { isRangeBound } from './grammar-parts.js';
import { describe, isText, labelOf, numberOf, type Node } from './nodes.js';
import type { Place, Problem } from './problems.js';

/** The keywords of a grammar that messages speak of. */
export interface GrammarPart {
  /** Several where a value may take several forms; texts unless given. */
  readonly type?: OptionSchema['type'] | readonly string[];
  readonly description?: string;
  readonly properties?: object;
  readonly required?: readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly examples?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** What a keyword refuses: a node, its name, and the key that is missing or unknown. */
export interface Mistake {
  readonly node: Node;
  readonly name: string;
  readonly schema: GrammarPart;
  readonly key: string;
}

const MOST_KEYS = 6;

/** Keywords about a value as a whole: of a value that is none of what it should be, the first says enough. */
export const VALUE_WORDS: Readonly<Record<string, (mistake: Mistake) => Problem>> = {
  type: wrongType,
  const: wrongChoice,
  enum: wrongChoice,
  pattern: wrongValue,
  minLength: wrongValue,
  minimum: wrongValue,
  exclusiveMinimum: wrongValue,
  maximum: wrongValue,
};

/** Keywords about the parts of a value, and where each points. */
export const PART_WORDS: Readonly<Record<string, (mistake: Mistake) => readonly [Place, Problem]>> = {
  minItems: ({ node, name }) => [
    labelOf(node),
    { code: 'ARCHON_SWEEP_EMPTY', message: `${name} is an empty list`, expected: 'at least one entry' },
  ],
  minProperties: ({ node, name }) => [
    labelOf(node),
    { code: 'ARCHON_SWEEP_EMPTY', message: `${name} is an empty map`, expected: 'at least one entry' },
  ],
  maxItems: ({ node, name, schema: { maxItems } }) => [
    node,
    {
      code: 'ARCHON_SWEEP_BAD_RANGE',
      message: `${name} holds more than ${String(maxItems)} values`,
      expected: `at most ${String(maxItems)} values on an axis`,
    },
  ],
  required: ({ node, name, schema: { required = [] }, key }) => [
    labelOf(node),
    {
      code: 'ARCHON_SWEEP_MISSING_KEY',
      message: `${name} lacks the key "${key}"`,
      expected: `at least: ${required.join(', ')}`,
    },
  ],
  anyOf: ({ node, name }) => [
    labelOf(node),
    { code: 'ARCHON_SWEEP_MISSING_KEY', message: `${name} has no bound`, expected: 'min, max or both' },
  ],
  additionalProperties: ({ node, name, schema, key }) => [
    (node.kind === 'map' && node.entries.get(key)?.key) || node,
    {
      code: 'ARCHON_SWEEP_UNKNOWN_KEY',
      message: `${name} has no key ${quote(key)}`,
      expected: `one of: ${keysOf(schema).join(', ')}`,
      ...hintOf(key, keysOf(schema)),
    },
  ],
};

function wrongType(mistake: Mistake): Problem {
  const { node, name, schema } = mistake;
  if (schema.type === 'integer' && numberOf(node) !== undefined) return wrongValue(mistake);
  return {
    code: 'ARCHON_SWEEP_WRONG_TYPE',
    message: `${name} is ${describe(node)}`,
    expected: rightType(schema),
    ...hintOfType(node, schema),
  };
}

/** What a value should be, in words: the forms it may take, the keys of a map that needs but one, or its type. */
function rightType(schema: GrammarPart): string {
  const { type = 'string', required = [] } = schema;
  if (typeof type !== 'string') return firstSentence(schema);
  if (required.length === 1) return `a map with ${namesOf(keysOf(schema))}`;
  return TYPE_WORDS[type === 'integer' ? 'number' : type];
}

/** Keys in words: the first few of many. */
function namesOf(keys: readonly string[]): string {
  const shown = keys.length > MOST_KEYS ? [...keys.slice(0, MOST_KEYS - 1), 'others'] : keys;
  return shown.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

function hintOfType(node: Node, { type = 'string', required = [] }: GrammarPart): Pick<Problem, 'hint'> {
  const [key, ...others] = required;
  if (isText(node) && key !== undefined && others.length === 0) return { hint: `Write { ${key}: ${node.value} }.` };
  const isOneValue = node.kind === 'scalar' && node.value !== null;
  if (typeof type === 'string' || !type.includes('array') || !isOneValue) return {};
  return { hint: 'Write a single value under options, or as a list of one.' };
}

function wrongChoice(mistake: Mistake): Problem {
  return isText(mistake.node) ? wrongValue(mistake) : wrongType(mistake);
}

function wrongValue({ node, name, schema }: Mistake): Problem {
  const choices = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  const isBound = isRangeBound(schema);
  return {
    code: isBound ? 'ARCHON_SWEEP_BAD_RANGE' : 'ARCHON_SWEEP_BAD_VALUE',
    message: `${name} is ${isBound && node.kind === 'scalar' ? String(node.value) : describe(node)}`,
    expected: choices ? `one of: ${choices.join(', ')}` : rightValue(schema),
    ...hintOf(isText(node) ? node.value : '', choices ?? schema.examples ?? []),
  };
}

/** The values a schema of a number or a text takes, in words. */
function rightValue(schema: GrammarPart): string {
  const { type, minimum, exclusiveMinimum, maximum } = schema;
  if (type === 'string') return firstSentence(schema);
  const kind = TYPE_WORDS[type === 'integer' ? type : 'number'];
  if (minimum !== undefined && maximum !== undefined) return `${kind} from ${String(minimum)} to ${String(maximum)}`;
  const above = `${kind} greater than ${String(exclusiveMinimum)}`;
  return maximum === undefined ? above : `${above} and at most ${String(maximum)}`;
}

/** Keys of a map, those it cannot do without first. */
function keysOf({ properties = {}, required = [] }: GrammarPart): readonly string[] {
  return [...new Set([...required, ...Object.keys(properties)])];
}

/** What a value is, as a part of a sentence. */
function firstSentence({ description = '' }: GrammarPart): string {
  const sentence = description.replace(/\.( .*)?$/, '');
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
