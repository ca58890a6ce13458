import type { AttributeSchemas, ContributionMeta, OptionPath, ValueSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';
import { own } from './own.js';
import { isList, isMap, memberSchema } from './value-schema.js';

/** Called for each path, with what its schema says about it, and the option or member it stands in: `file`, `pe.trace`. */
export type PathMap = (text: string, path: OptionPath, option: string) => string;

/** Options with other texts in place of their paths; the very options where none can be one. What is empty or a keyword is no path. */
export function mapPaths({ options: schemas }: ContributionMeta, options: Options, map: PathMap): Options {
  if (!mayHavePaths(schemas)) return options;
  return mapMembers((name) => own(schemas, name), options, '', map);
}

const withPaths = new WeakMap<AttributeSchemas, boolean>();

/** Whether an option, or a member of one, may be a path. */
export function mayHavePaths(schemas: AttributeSchemas): boolean {
  let may = withPaths.get(schemas);
  if (may === undefined) withPaths.set(schemas, (may = Object.values(schemas).some(hasPath)));
  return may;
}

const known = new WeakMap<object, boolean>();

/** Whether a schema, or one inside it, is that of a path. */
function hasPath(schema: Partial<ValueSchema>): boolean {
  const { path, items, properties = {}, additionalProperties } = schema;
  const found = known.get(schema);
  if (found !== undefined) return found;
  const inside = [items, ...Object.values(properties), additionalProperties];
  const has = path !== undefined || inside.some((one) => typeof one === 'object' && hasPath(one));
  known.set(schema, has);
  return has;
}

function mapMembers(
  schemaOf: (name: string) => Partial<ValueSchema> | undefined,
  values: Options,
  prefix: string,
  map: PathMap,
): Options {
  const entries = Object.entries(values).map(([name, value]): [string, JsonValue] => {
    const schema = schemaOf(name);
    return [name, schema === undefined || !hasPath(schema) ? value : mapValue(schema, value, `${prefix}${name}`, map)];
  });
  return Object.fromEntries(entries);
}

function mapValue(schema: Partial<ValueSchema>, value: JsonValue, option: string, map: PathMap): JsonValue {
  const { path, items } = schema;
  if (path !== undefined) {
    const one = (text: JsonValue): JsonValue => (isPath(text, path) ? map(text, path, option) : text);
    return isList(value) ? value.map(one) : one(value);
  }
  if (isMap(value)) return mapMembers((name) => memberSchema(schema, name), value, `${option}.`, map);
  if (!isList(value) || items === undefined) return value;
  return value.map((item, index) => mapValue(items, item, `${option}[${String(index)}]`, map));
}

function isPath(text: JsonValue, { keywords = [] }: OptionPath): text is string {
  return typeof text === 'string' && text !== '' && !keywords.includes(text);
}
