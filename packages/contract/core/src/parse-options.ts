import type { AttributeSchema, AttributeSchemas, ValueSchema } from './contribution.js';
import { ArchonError, fail, type Diagnostic } from './diagnostic.js';
import { canonicalJson, type JsonValue, type Options } from './json.js';
import { refusedValue, unknownOption, type Parsed } from './option-problem.js';
import type { OptionRule } from './option-rule.js';
import type { OptionValues } from './option-values.js';

/**
 * The options of a contribution as its code reads them: what is given, held to the types, choices and bounds of its schemas, and the
 * defaults of the rest, in the order declared. Frozen. Files are held to the whole JSON Schema when they are read.
 *
 * @throws ArchonError ARCHON_UNKNOWN_OPTION or ARCHON_BAD_OPTION with the path `options.NAME`: all options that are wrong by themselves,
 *   or else the first rule that does not hold
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
    values[name] = value;
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
  const wrong = Object.entries(meta.options).flatMap(([name, schema]): Diagnostic[] => {
    const value = valueOf(given, name, schema);
    return allows(schema, value) ? [] : [refusal(meta, name, schema, value)];
  });
  throw new ArchonError(...([...unknown, ...wrong] as [Diagnostic, ...Diagnostic[]]));
}

/** Says which item of a list is wrong, where one is. */
function refusal(meta: Parsed, name: string, schema: ValueSchema, value: JsonValue | undefined): Diagnostic {
  const { items } = schema;
  const index = isList(value) && items !== undefined ? value.findIndex((item) => !allows(items, item)) : -1;
  if (!isList(value) || items === undefined || index < 0) {
    return { ...refusedValue(meta, name, schema, value), path: `options.${name}` };
  }
  const item = `${name}[${String(index)}]`;
  return { ...refusedValue(meta, item, items, value[index]), path: `options.${item}` };
}

function allows(schema: Partial<ValueSchema>, value: JsonValue | undefined): boolean {
  if (value === undefined) return false;
  const { type, enum: choices, items } = schema;
  if (choices !== undefined) return choices.includes(value) || choices.some((choice) => isSame(choice, value));
  if (type !== undefined && !hasType(value, type)) return false;
  if (typeof value === 'number') return isWithin(schema, value);
  return items === undefined || !isList(value) || value.every((item) => allows(items, item));
}

function hasType(value: JsonValue, type: ValueSchema['type']): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return isList(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !isList(value);
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

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b);
}
