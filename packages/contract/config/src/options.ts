import {
  ArchonError,
  completeValue,
  fail,
  mistakesIn,
  own,
  refusedValue,
  unknownOption,
  type ContributionMeta,
  type Diagnostic,
  type JsonValue,
  type MemberSchema,
  type Options,
  type ValueMistake,
} from '@archon-dse/core';
import { stepsOf } from './nodes.js';
import { validatorOf } from './option-schema.js';

/**
 * The options of a contribution: what is given, checked against its schema, and the defaults of the rest, in the order declared.
 *
 * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION for each wrong option;
 *   ARCHON_PLUGIN_SHAPE when the schema of an option is not a JSON Schema
 */
export function resolveOptions(meta: ContributionMeta, given: Options): Options {
  const wrong = Object.entries(given).flatMap(([name, value]): Diagnostic[] => {
    const schema = own(meta.options, name);
    if (schema === undefined) return [{ ...unknownOption(meta, name), path: `options.${name}` } as Diagnostic];
    return badOption(meta, name, schema, value).map(({ place, problem }) => ({ ...problem, path: `options.${place}` }));
  });
  const [first, ...rest] = wrong;
  if (first !== undefined) throw new ArchonError(first, ...rest);
  return fillDefaults(meta, given);
}

/**
 * Options in the order declared, defaults where none is given, in maps too; without those named in `except`, and optional ones that are not
 * given.
 */
export function fillDefaults(meta: ContributionMeta, given: Options, except: readonly string[] = []): Options {
  return Object.fromEntries(
    Object.entries(meta.options)
      .filter(([name, { optional }]) => !except.includes(name) && (optional !== true || own(given, name) !== undefined))
      .map(([name, schema]) => [name, completeValue(schema, own(given, name) ?? schema.default)]),
  );
}

/**
 * What is wrong with a value of an option, or of a member of one: by the keywords that types follow, or else by any other of its schema.
 *
 * @param name - of the option, or the path of the member
 */
export function badOption(
  meta: ContributionMeta,
  name: string,
  schema: MemberSchema,
  value: JsonValue,
): readonly ValueMistake[] {
  const mistakes = mistakesIn(meta, name, schema, value);
  const validate = mistakes.length > 0 ? undefined : compiled(meta, name, schema);
  if (validate === undefined || validate(value)) return mistakes;
  const { instancePath, message = '', parentSchema } = validate.errors?.[0] ?? { instancePath: '' };
  const steps = stepsOf(instancePath);
  const place = [name, ...steps].join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  if (steps.length === 0) return [{ steps, place, problem: refusedValue(meta, place, schema, value) }];
  const problem = refusedValue(meta, place, (parentSchema ?? {}) as Partial<MemberSchema>, valueAt(value, steps));
  return [{ steps, place, problem: { ...problem, message: `${problem.message} (${message})` } }];
}

function valueAt(value: JsonValue | undefined, steps: readonly string[]): JsonValue | undefined {
  return steps.reduce((at, step) => {
    return typeof at === 'object' && at !== null ? own(at as Options, step) : undefined;
  }, value);
}

function compiled(meta: ContributionMeta, name: string, schema: MemberSchema): ReturnType<typeof validatorOf> {
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
