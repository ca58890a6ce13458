import { didYouMean, type Component, type Diagnostic, type JsonValue, type OptionSchema } from '@archon-dse/core';

/** One attribute of a component class, in the words of an option schema. Required where it has no default. */
export type AttributeSchema = Pick<
  OptionSchema,
  'description' | 'unit' | 'minimum' | 'exclusiveMinimum' | 'multipleOf' | 'enum'
> &
  (
    | { readonly type: 'integer' | 'number'; readonly default?: number }
    | { readonly type: 'string'; readonly default?: string }
  );

export type AttributeSchemas = Readonly<Record<string, AttributeSchema>>;

/** Values of validated attributes with the defaults filled in. */
export type AttributeValues<S extends AttributeSchemas = AttributeSchemas> = {
  readonly [K in keyof S]: S[K]['type'] extends 'string' ? string : number;
};

/** Attributes of a component with the defaults filled in; meaningful when {@link attributeProblems} finds nothing. */
export function attributeValues(schemas: AttributeSchemas, component: Component): AttributeValues {
  const values = Object.entries(schemas).map(([name, schema]) => [name, valueOf(component, name, schema)]);
  return Object.fromEntries(values) as AttributeValues;
}

/**
 * Everything wrong with the attributes of a component: unknown, missing or with a value the schema does not allow.
 *
 * @param path of the component, e.g. `components[2]`
 */
export function attributeProblems(schemas: AttributeSchemas, component: Component, path: string): Diagnostic[] {
  const label = `component "${component.name}" (${component.class})`;
  const names = Object.keys(schemas);
  const problem = (name: string, message: string, expected: string): Diagnostic => ({
    code: 'ARCHON_PRICE_BAD_COMPONENT',
    message: `${label}: ${message}`,
    path: `${path}.attributes.${name}`,
    expected,
  });
  const unknown = Object.keys(component.attributes)
    .filter((name) => !Object.hasOwn(schemas, name))
    .map((name) => {
      const hint = didYouMean(name, names);
      const diagnostic = problem(name, `unknown attribute "${name}"`, `one of: ${names.join(', ')}`);
      return hint === undefined ? diagnostic : { ...diagnostic, hint };
    });
  const wrong = Object.entries(schemas).flatMap(([name, schema]) => {
    const value = valueOf(component, name, schema);
    if (value === undefined) return [problem(name, `attribute "${name}" is missing`, expectation(schema))];
    if (allows(schema, value)) return [];
    return [problem(name, `attribute "${name}" is ${JSON.stringify(value)}`, expectation(schema))];
  });
  return [...unknown, ...wrong];
}

function valueOf({ attributes }: Component, name: string, schema: AttributeSchema): JsonValue | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : schema.default;
}

function allows(schema: AttributeSchema, value: JsonValue): boolean {
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (schema.type === 'string') return typeof value === 'string';
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (schema.type === 'integer' && !Number.isSafeInteger(value)) return false;
  if (schema.minimum !== undefined && value < schema.minimum) return false;
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum) return false;
  return schema.multipleOf === undefined || value % schema.multipleOf === 0;
}

function expectation(schema: AttributeSchema): string {
  if (schema.enum !== undefined) return `one of: ${schema.enum.join(', ')}`;
  const parts: string[] = [`${schema.type === 'integer' ? 'an' : 'a'} ${schema.type}`];
  if (schema.minimum !== undefined) parts.push(`>= ${schema.minimum}`);
  if (schema.exclusiveMinimum !== undefined) parts.push(`> ${schema.exclusiveMinimum}`);
  if (schema.multipleOf !== undefined) parts.push(`a multiple of ${schema.multipleOf}`);
  return parts.join(', ') + (schema.unit === undefined ? '' : ` (${schema.unit})`);
}
