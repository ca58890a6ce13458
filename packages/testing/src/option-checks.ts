import type { JsonValue, OptionSchema } from '@archon-dse/core';

/** What is wrong with the documentation and the defaults of options, one line each. */
export function optionProblems(options: Readonly<Record<string, OptionSchema>>): readonly string[] {
  return Object.entries(options).flatMap(([name, schema]) => [
    ...(schema.description.trim() === '' ? [`option ${name} has no description`] : []),
    ...(accepts(schema, schema.default) ? [] : [`option ${name} does not accept its default`]),
  ]);
}

function accepts(schema: OptionSchema, value: JsonValue): boolean {
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  switch (schema.type) {
    case 'integer':
      return Number.isInteger(value) && inRange(schema, value as number);
    case 'number':
      return typeof value === 'number' && inRange(schema, value);
    case 'array':
      return Array.isArray(value);
    default:
      return typeof value === schema.type;
  }
}

function inRange(schema: OptionSchema, value: number): boolean {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity, maximum = Infinity } = schema;
  return value >= minimum && value > exclusiveMinimum && value <= maximum;
}
