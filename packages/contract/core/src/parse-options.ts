import { completeValue } from './complete-value.js';
import type { AttributeSchema, AttributeSchemas } from './contribution.js';
import { ArchonError, fail, type Diagnostic } from './diagnostic.js';
import type { JsonValue, Options } from './json.js';
import { unknownOption, type Parsed } from './option-problem.js';
import type { OptionRule } from './option-rule.js';
import type { OptionValues } from './option-values.js';
import { mistakesIn } from './value-mistakes.js';
import { allows } from './value-schema.js';

/**
 * The options of a contribution as its code reads them: what is given, held to the types, choices and bounds of its schemas, and the
 * defaults of the rest, members of maps included, in the order declared. Frozen. Files are held to the whole JSON Schema when they are read.
 *
 * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION with the path `options.NAME`, or that of the member or item
 *   of it, such as `options.NAME.MEMBER`: all that is wrong by itself, or else the first rule that does not hold
 */
export function parseOptions<O extends AttributeSchemas>(
  meta: Parsed<O>,
  given: Options,
  rules: readonly OptionRule<O>[] = [],
): OptionValues<O> {
  const schemas: AttributeSchemas = meta.options;
  const values: Record<string, JsonValue | undefined> = {};
  let isSound = true;
  for (const name in given) isSound &&= Object.hasOwn(schemas, name);
  for (const [name, schema] of Object.entries(schemas)) {
    const value = valueOf(given, name, schema);
    isSound &&= allows(schema, value);
    values[name] = value === undefined ? value : completeValue(schema, value);
  }
  if (!isSound) refuse(meta, given);
  const options = Object.freeze(values) as OptionValues<O>;
  for (const rule of rules) {
    if (rule.holds(options)) continue;
    fail({ code: 'ARCHON_BAD_OPTION', ...rule.refusal(options), path: `options.${rule.option}` });
  }
  return options;
}

function valueOf(given: Options, name: string, { default: value }: AttributeSchema): JsonValue | undefined {
  const found = Object.hasOwn(given, name) ? given[name] : undefined;
  return found === undefined ? value : found;
}

/** Points are many and mistakes are few: what is wrong is only found out once something is. */
function refuse(meta: Parsed, given: Options): never {
  const unknown = Object.keys(given).flatMap((name): Diagnostic[] => {
    const problem = unknownOption(meta, name);
    return problem === undefined ? [] : [{ ...problem, path: `options.${name}` }];
  });
  const wrong = Object.entries(meta.options).flatMap(([name, schema]) =>
    mistakesIn(meta, name, schema, valueOf(given, name, schema)).map(({ place, problem }): Diagnostic => ({
      ...problem,
      path: `options.${place}`,
    })),
  );
  throw new ArchonError(...([...unknown, ...wrong] as [Diagnostic, ...Diagnostic[]]));
}
