import type { AttributeSchemas, MemberSchema, ValueSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';
import { isNamedList, itemNamed, namedItems } from './named-list.js';
import { own } from './own.js';
import { isMap, memberSchema } from './value-schema.js';

/**
 * Options, and the members of those that are maps, by path: `pe`, `pe.lanes`. A map stands before its members. Members of items that go by
 * names, and of maps whose members may have any name, are there once, for all of them: `levels.*.words`.
 */
export function optionsByPath(options: AttributeSchemas): Readonly<Record<string, MemberSchema>> {
  return Object.fromEntries(pathsOf(options, ''));
}

function pathsOf(members: Readonly<Record<string, MemberSchema>>, prefix: string): readonly [string, MemberSchema][] {
  return Object.entries(members).flatMap(([name, schema]): readonly [string, MemberSchema][] => [
    [`${prefix}${name}`, schema],
    ...pathsOf(schema.properties ?? {}, `${prefix}${name}.`),
    ...pathsOf(otherMember(schema)?.properties ?? {}, `${prefix}${name}.*.`),
  ]);
}

/** What is behind any name below a value: an item of a list of named ones, or a member of an open map. */
function otherMember({ items, additionalProperties }: Partial<ValueSchema>): Partial<ValueSchema> | undefined {
  if (items?.properties?.['name'] !== undefined) return items;
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** The schema of an option, or of a member of one, by its path; nothing where there can be no such member. */
export function schemaAtPath(options: AttributeSchemas, path: string): MemberSchema | undefined {
  const [name = '', ...steps] = path.split('.');
  const found = steps.reduce<Partial<ValueSchema> | undefined>(
    (schema, step) => {
      if (schema?.items !== undefined) return otherMember(schema);
      return schema?.properties === undefined && otherMember(schema ?? {}) === undefined
        ? undefined
        : memberSchema(schema ?? {}, step);
    },
    own(options, name),
  );
  return found?.type === undefined ? undefined : { description: '', type: found.type, ...found };
}

/** Whether a path leads to something inside an option that may be a document. */
export function isInDocument(options: AttributeSchemas, path: string): boolean {
  const [name = '', ...inside] = path.split('.');
  return inside.length > 0 && own(options, name)?.document === true;
}

/** Values, and the members of those that are maps or lists of named items, by path. */
export function valuesByPath(values: Options, prefix = ''): readonly (readonly [string, JsonValue])[] {
  return Object.entries(values).flatMap(([name, value]): readonly (readonly [string, JsonValue])[] => [
    [`${prefix}${name}`, value],
    ...valuesByPath(membersOf(value), `${prefix}${name}.`),
  ]);
}

function membersOf(value: JsonValue): Options {
  return isMap(value) ? value : isNamedList(value) ? namedItems(value) : {};
}

/** The value of an option, or of a member of it; an item of a list of named ones is a member by its name. */
export function valueAtPath(options: Options, path: string): JsonValue | undefined {
  const [name, ...rest] = path.split('.');
  const value = own(options, name ?? '');
  if (rest.length === 0 || value === undefined) return value;
  return valueAtPath(membersOf(value), rest.join('.'));
}

/** Options with another value of one of them, or of a member of one. What is no item of a list of named ones is not put in. */
export function withValueAt(options: Options, path: string, value: JsonValue): Options {
  if (!path.includes('.')) return { ...options, [path]: value };
  const [name = '', ...rest] = path.split('.');
  const before = own(options, name);
  return { ...options, [name]: withMemberAt(before, rest.join('.'), value) };
}

function withMemberAt(before: JsonValue | undefined, path: string, value: JsonValue): JsonValue {
  if (before === undefined || !isNamedList(before)) return withValueAt(isMap(before) ? before : {}, path, value);
  const [name = '', ...rest] = path.split('.');
  const item = itemNamed(before, name);
  if (item === undefined) return before;
  const changed = rest.length === 0 ? value : withValueAt(item, rest.join('.'), value);
  return before.map((one) => (one === item ? changed : one));
}
