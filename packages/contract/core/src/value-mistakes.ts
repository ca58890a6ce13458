import type { ValueSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';
import { refusedValue, unknownMember, type OptionProblem, type Parsed } from './option-problem.js';
import { allows, isList, isMap, memberSchema, missingMembers } from './value-schema.js';

/** Something inside an option that its schema does not allow, or lacks. */
export interface ValueMistake {
  /** From the value of the option to what is wrong: names of members and indices of items. */
  readonly steps: readonly string[];
  /** The same for people, the name of the option included: `pe.lanes`, `rules[1]`. */
  readonly place: string;
  readonly problem: OptionProblem;
}

/** Everything that is wrong with a value of an option, each at its place. */
export function mistakesIn(
  meta: Parsed,
  name: string,
  schema: Partial<ValueSchema>,
  value: JsonValue | undefined,
): readonly ValueMistake[] {
  if (allows(schema, value)) return [];
  const inside = isList(value)
    ? mistakesOfItems(meta, name, schema, value)
    : isMap(value)
      ? mistakesOfMembers(meta, name, schema, value)
      : [];
  return inside.length > 0 ? inside : [{ steps: [], place: name, problem: refusedValue(meta, name, schema, value) }];
}

function mistakesOfItems(
  meta: Parsed,
  name: string,
  { items, enum: choices }: Partial<ValueSchema>,
  value: readonly JsonValue[],
): readonly ValueMistake[] {
  if (items === undefined || choices !== undefined) return [];
  return value.flatMap((item, index) =>
    below(String(index), mistakesIn(meta, `${name}[${String(index)}]`, items, item)),
  );
}

function mistakesOfMembers(
  meta: Parsed,
  name: string,
  schema: Partial<ValueSchema>,
  value: Options,
): readonly ValueMistake[] {
  if (schema.enum !== undefined || (schema.type ?? 'object') !== 'object') return [];
  const members = Object.entries(value).flatMap(([key, member]) => {
    const place = `${name}.${key}`;
    const allowed = memberSchema(schema, key);
    if (allowed !== undefined) return below(key, mistakesIn(meta, place, allowed, member));
    return { steps: [key], place, problem: unknownMember(meta, name, Object.keys(schema.properties ?? {}), key) };
  });
  const missing = missingMembers(schema, value).map((key): ValueMistake => {
    const place = `${name}.${key}`;
    return { steps: [], place, problem: refusedValue(meta, place, memberSchema(schema, key) ?? {}, undefined) };
  });
  return [...members, ...missing];
}

function below(step: string, mistakes: readonly ValueMistake[]): readonly ValueMistake[] {
  return mistakes.map((mistake) => ({ ...mistake, steps: [step, ...mistake.steps] }));
}
