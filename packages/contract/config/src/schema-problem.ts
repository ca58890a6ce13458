import { TYPE_WORDS, type MemberSchema } from '@archon-dse/core';
import { refusalOf } from './option-schema.js';

/** What is wrong with a schema: the path inside it, what was found, what was expected. */
export interface SchemaProblem {
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

/**
 * The first reason why a schema cannot be used. Compiling takes a millisecond, so schemas of plain keywords with plain values, which
 * always compile, are only looked at.
 */
export function schemaProblem(schema: MemberSchema): SchemaProblem | undefined {
  const reserved = findReserved(schema, '');
  if (reserved !== undefined) {
    return {
      path: reserved,
      found: 'a reference or an identifier',
      expected: 'a schema that stands alone: it is part of the schema of sweeps, where a reference leads elsewhere',
    };
  }
  const stray = findStrayPath(schema, '');
  if (stray !== undefined) {
    return {
      path: stray,
      found: 'a path where nobody looks for one',
      expected: 'paths under properties, items or additionalProperties: what they lead to is part of the id of a point',
    };
  }
  if (isPlain(schema)) return undefined;
  const refusal = refusalOf(schema);
  if (refusal === undefined) return undefined;
  return { path: '', found: `no schema: ${refusal}`, expected: 'a draft-07 JSON Schema' };
}

/** Members whose keys are names and no keywords, and members that are data. */
const NAMED = ['properties', 'patternProperties', 'dependencies'];
const DATA = ['default', 'enum', 'const', 'examples', 'named'];

/** Path of the first keyword such as `$ref`, `$id` or `$async`. */
function findReserved(schema: unknown, path: string, isNamed = false): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  for (const [key, value] of Object.entries(schema)) {
    const isKeyword = !isNamed && !Array.isArray(schema);
    const at = `${path}.${key}`;
    if (isKeyword && (key === 'id' || (key.startsWith('$') && key !== '$comment'))) return at;
    if (isKeyword && DATA.includes(key)) continue;
    const found = findReserved(value, at, isKeyword && NAMED.includes(key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Path of a keyword `path` that `mapPaths` does not come by, such as one of a choice between schemas. */
function findStrayPath(schema: unknown, path: string, isRead = true): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  for (const [key, value] of Object.entries(schema)) {
    const at = `${path}.${key}`;
    if (key === 'path' && !isRead) return at;
    if (DATA.includes(key) || key === 'path') continue;
    const found = NAMED.includes(key)
      ? firstOf(value, (name, member) => findStrayPath(member, `${at}.${name}`, isRead && key === 'properties'))
      : findStrayPath(value, at, isRead && ['items', 'additionalProperties'].includes(key) && !Array.isArray(value));
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstOf<T>(members: unknown, find: (name: string, member: unknown) => T | undefined): T | undefined {
  for (const [name, member] of Object.entries(members ?? {})) {
    const found = find(name, member);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => Number.isFinite(value);
const PLAIN: Readonly<Record<string, (value: unknown) => boolean>> = {
  type: (value) => Object.hasOwn(TYPE_WORDS, String(value)),
  description: isText,
  unit: isText,
  default: () => true,
  optional: (value) => value === true,
  path: () => true,
  document: (value) => value === true,
  named: isObject,
  enum: (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar) && areDifferent(value),
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  multipleOf: (value) => isNumber(value) && Number(value) > 0,
  items: isPlainSchema,
  properties: (value) => isObject(value) && Object.values(value).every(isPlainSchema),
  required: (value) => Array.isArray(value) && value.every(isText) && areDifferent(value),
  additionalProperties: (value) => typeof value === 'boolean' || isPlainSchema(value),
};

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlainSchema(value: unknown): boolean {
  return isObject(value) && isPlain(value);
}

function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

function isPlain(schema: object): boolean {
  return Object.entries(schema).every(([key, value]) => Object.hasOwn(PLAIN, key) && PLAIN[key]?.(value) === true);
}
