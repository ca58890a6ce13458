import {
  ArchonError,
  fail,
  own,
  refusedValue,
  unknownOption,
  type ContributionMeta,
  type Diagnostic,
  type JsonValue,
  type Options,
  type OptionSchema,
} from '@archon-dse/core';
import { stepsOf } from './nodes.js';
import { validatorOf } from './option-schema.js';
import type { Problem } from './problems.js';

/**
 * The options of a contribution: what is given, checked against its schema, and the defaults of the rest, in the order declared.
 *
 * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION for each wrong option;
 *   ARCHON_PLUGIN_SHAPE when the schema of an option is not a JSON Schema
 */
export function resolveOptions(meta: ContributionMeta, given: Options): Options {
  const wrong = Object.entries(given).flatMap(([name, value]): Diagnostic[] => {
    const problem = unknownOption(meta, name) ?? badOption(meta, name, value)?.problem;
    return problem === undefined ? [] : [{ ...problem, path: `options.${name}` }];
  });
  const [first, ...rest] = wrong;
  if (first !== undefined) throw new ArchonError(first, ...rest);
  return fillDefaults(meta, given);
}

/** Options in the order declared, defaults where none is given, without those named in `except`. */
export function fillDefaults(meta: ContributionMeta, given: Options, except: readonly string[] = []): Options {
  return Object.fromEntries(
    Object.entries(meta.options)
      .filter(([name]) => !except.includes(name))
      .map(([name, schema]) => [name, own(given, name) ?? schema.default]),
  );
}

/** The problem of a value its option does not allow, if so, and the steps to the part of the value that is wrong. */
export function badOption(
  meta: ContributionMeta,
  name: string,
  value: JsonValue,
): { readonly problem: Problem; readonly within: readonly string[] } | undefined {
  const schema = own(meta.options, name);
  if (schema === undefined) return undefined;
  const validate = compiled(meta, name, schema);
  if (validate(value)) return undefined;
  const { instancePath, message = '' } = validate.errors?.[0] ?? { instancePath: '' };
  const within = stepsOf(instancePath);
  const problem = refusedValue(meta, name, schema, value);
  if (within.length === 0) return { problem, within };
  const { hint } = refusedValue(meta, name, schema.items ?? {}, itemOf(value, within));
  const located = { ...problem, message: `${problem.message} (at ${instancePath}: ${message})` };
  return { problem: { ...located, ...(hint === undefined ? {} : { hint }) }, within };
}

/** The item of a list that is wrong, or what is wrong in it. */
function itemOf(value: JsonValue, [index]: readonly string[]): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[Number(index)] : undefined;
}

function compiled(meta: ContributionMeta, name: string, schema: OptionSchema): ReturnType<typeof validatorOf> {
  try {
    return validatorOf(schema);
  } catch (error) {
    return fail({
      code: 'ARCHON_PLUGIN_SHAPE',
      message: `the schema of option "${name}" of ${meta.name} is not a JSON Schema: ${String(error)}`,
      expected: 'a draft-07 JSON Schema',
    });
  }
}
