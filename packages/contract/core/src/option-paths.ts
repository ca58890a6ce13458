import type { ContributionMeta, OptionPath } from './contribution.js';
import type { JsonValue, Options } from './json.js';

/**
 * Options with other texts in place of their paths; the very options where none can be one. What is empty or a keyword is no path.
 *
 * @param map - called for each path, with what its option says about it
 */
export function mapPaths(
  { options: schemas }: ContributionMeta,
  options: Options,
  map: (text: string, path: OptionPath, option: string) => string,
): Options {
  if (Object.values(schemas).every(({ path }) => path === undefined)) return options;
  const entries = Object.entries(options).map(([name, value]): [string, JsonValue] => {
    const path = Object.hasOwn(schemas, name) ? schemas[name]?.path : undefined;
    if (path === undefined) return [name, value];
    const one = (text: JsonValue): JsonValue => (isPath(text, path) ? map(text, path, name) : text);
    return [name, Array.isArray(value) ? (value as readonly JsonValue[]).map(one) : one(value)];
  });
  return Object.fromEntries(entries);
}

function isPath(text: JsonValue, { keywords = [] }: OptionPath): text is string {
  return typeof text === 'string' && text !== '' && !keywords.includes(text);
}
