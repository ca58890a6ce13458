import type { ValueSchema } from './contribution.js';
import { canonicalJson, type JsonValue, type Options } from './json.js';
import { own } from './own.js';

/** Whether a value is of the type, the choices and the bounds of its schema, and all that is in it too. */
export function allows(schema: Partial<ValueSchema>, value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  const { type, enum: choices, items } = schema;
  if (choices !== undefined) return choices.includes(value) || choices.some((choice) => isSame(choice, value));
  if (type !== undefined && !hasType(value, type)) return false;
  if (typeof value === 'number') return isWithin(schema, value);
  if (isList(value)) return items === undefined || value.every((item) => allows(items, item));
  return !isMap(value) || allowsMembers(schema, value);
}

function allowsMembers(schema: Partial<ValueSchema>, value: Options): boolean {
  if (missingMembers(schema, value).length > 0) return false;
  return Object.keys(value).every((name) => {
    const member = memberSchema(schema, name);
    return member !== undefined && allows(member, value[name] ?? null);
  });
}

const ANYTHING: Partial<ValueSchema> = {};

/** The schema of a member of a map; nothing where the map may not have it. */
export function memberSchema(schema: Partial<ValueSchema>, name: string): Partial<ValueSchema> | undefined {
  const { properties, additionalProperties = properties === undefined } = schema;
  const other = additionalProperties === true ? ANYTHING : additionalProperties || undefined;
  return own(properties ?? {}, name) ?? other;
}

/** Members a map must have and does not, where it may leave out those that have a default. */
export function missingMembers(
  { properties = {}, required = [] }: Partial<ValueSchema>,
  value: Options,
): readonly string[] {
  return required.filter((name) => own(properties, name)?.default === undefined && !Object.hasOwn(value, name));
}

function hasType(value: JsonValue, type: ValueSchema['type']): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return isList(value);
  if (type === 'object') return isMap(value);
  return typeof value === type && (type !== 'number' || Number.isFinite(value));
}

function isWithin({ minimum, exclusiveMinimum, maximum, multipleOf }: Partial<ValueSchema>, value: number): boolean {
  if (minimum !== undefined && value < minimum) return false;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false;
  if (maximum !== undefined && value > maximum) return false;
  return multipleOf === undefined || isWhole(value / multipleOf);
}

/** Rounding makes 0.3 a little less than three times 0.1. */
function isWhole(quotient: number): boolean {
  return Math.abs(Math.round(quotient) - quotient) < 1e-9;
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isMap(value: JsonValue | undefined): value is Options {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b);
}
