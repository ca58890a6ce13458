import type { OptionSchemas, ValueSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';

/** What an option of a schema is to the code that reads it: one of its choices, or a value of its type. */
export type OptionValue<S> = S extends { readonly enum: readonly (infer Choice)[] }
  ? Choice
  : S extends { readonly type: 'array'; readonly items: infer Item }
    ? readonly OptionValue<Item>[]
    : S extends { readonly type: infer Type extends ValueSchema['type'] }
      ? ValueOfType[Type]
      : JsonValue;

/** Values of all options, by name: `{ meshX: { type: 'integer', ... } }` gives `{ meshX: number }`. */
export type OptionValues<O extends Readonly<Record<string, ValueSchema>>> = {
  readonly [Name in keyof O]: OptionValue<O[Name]>;
};

interface ValueOfType {
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
  readonly array: readonly JsonValue[];
  readonly object: Options;
}

/**
 * Identity that keeps the types and choices of options which several contributions share.
 *
 * @example
 * export const ARRAY_OPTIONS = defineOptions({ meshX: { type: 'integer', default: 8, description: 'Columns of the array.' } });
 * export type ArrayOptions = OptionValues<typeof ARRAY_OPTIONS>;
 */
export function defineOptions<const O extends OptionSchemas>(options: O): O {
  return options;
}

/** The values that options have where nobody says otherwise. */
export function defaultsOf<O extends OptionSchemas>(options: O): OptionValues<O> {
  const defaults = Object.entries(options).map(([name, schema]) => [name, schema.default]);
  return Object.fromEntries(defaults) as OptionValues<O>;
}
