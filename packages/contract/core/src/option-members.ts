import type { AttributeSchemas, MemberSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';
import { own } from './own.js';
import { isMap } from './value-schema.js';

/** Options, and the members of those that are maps, by path: `pe`, `pe.lanes`. A map stands before its members. */
export function optionsByPath(options: AttributeSchemas): Readonly<Record<string, MemberSchema>> {
  return Object.fromEntries(pathsOf(options, ''));
}

function pathsOf(members: Readonly<Record<string, MemberSchema>>, prefix: string): readonly [string, MemberSchema][] {
  return Object.entries(members).flatMap(([name, schema]): readonly [string, MemberSchema][] => [
    [`${prefix}${name}`, schema],
    ...pathsOf(schema.properties ?? {}, `${prefix}${name}.`),
  ]);
}

/** Values, and the members of those that are maps, by path. */
export function valuesByPath(values: Options, prefix = ''): readonly (readonly [string, JsonValue])[] {
  return Object.entries(values).flatMap(([name, value]): readonly (readonly [string, JsonValue])[] => [
    [`${prefix}${name}`, value],
    ...(isMap(value) ? valuesByPath(value, `${prefix}${name}.`) : []),
  ]);
}

/** The value of an option, or of a member of it. */
export function valueAtPath(options: Options, path: string): JsonValue | undefined {
  const [name, ...rest] = path.split('.');
  const value = own(options, name ?? '');
  if (rest.length === 0) return value;
  return isMap(value) ? valueAtPath(value, rest.join('.')) : undefined;
}

/** Options with another value of one of them, or of a member of one. */
export function withValueAt(options: Options, path: string, value: JsonValue): Options {
  const [name = '', ...rest] = path.split('.');
  const before = own(options, name);
  const inside = isMap(before) ? before : {};
  return { ...options, [name]: rest.length === 0 ? value : withValueAt(inside, rest.join('.'), value) };
}
