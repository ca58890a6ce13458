import type { ValueSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';
import { own } from './own.js';
import { isList, isMap } from './value-schema.js';

/** A value with the defaults of the members that its maps leave out, in the order declared; the very value where nothing is left out. */
export function completeValue(schema: Partial<ValueSchema>, value: JsonValue): JsonValue {
  const { properties, items } = schema;
  if (isList(value)) return items === undefined || !hasMembers(items) ? value : completeItems(items, value);
  return properties === undefined || !isMap(value) ? value : completeMap(properties, value);
}

function hasMembers({ properties, items }: Partial<ValueSchema>): boolean {
  return properties !== undefined || (items !== undefined && hasMembers(items));
}

function completeItems(items: Partial<ValueSchema>, value: readonly JsonValue[]): JsonValue {
  return Object.freeze(value.map((item) => completeValue(items, item)));
}

function completeMap(properties: NonNullable<ValueSchema['properties']>, value: Options): JsonValue {
  const known = Object.entries(properties).flatMap(([name, member]): [string, JsonValue][] => {
    const given = own(value, name);
    const found = given === undefined ? member.default : given;
    return found === undefined ? [] : [[name, completeValue(member, found)]];
  });
  const others = Object.entries(value).filter(([name]) => !Object.hasOwn(properties, name));
  return Object.freeze(Object.fromEntries([...known, ...others]));
}
