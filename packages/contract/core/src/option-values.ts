import { completeValue } from './complete-value.js';
import type { OptionSchemas, ValueSchema } from './contribution.js';
import type { JsonValue, Options } from './json.js';

/** What an option of a schema is to the code that reads it: one of its choices, or a value of its type. */
export type OptionValue<S> = S extends { readonly enum: readonly (infer Choice)[] }
  ? Choice
  : S extends { readonly type: 'array'; readonly items: infer Item }
    ? readonly OptionValue<Item>[]
    : S extends { readonly type: 'object'; readonly properties: infer Members }
      ? MapValue<Members, S>
      : S extends { readonly type: 'object'; readonly additionalProperties: infer Other extends object }
        ? Readonly<Record<string, OptionValue<Other>>>
        : S extends { readonly type: infer Type extends ValueSchema['type'] }
          ? ValueOfType[Type]
          : JsonValue;

/** A map of known members: those that are required or have a default are there. */
type MapValue<Members, S> = Flat<
  {
    readonly [Name in keyof Members as IsThere<Name, Members[Name], S> extends true ? Name : never]: OptionValue<
      Members[Name]
    >;
  } & {
    readonly [Name in keyof Members as IsThere<Name, Members[Name], S> extends true ? never : Name]?: OptionValue<
      Members[Name]
    >;
  }
>;

/** One object type for several: that is what editors show and errors name. */
type Flat<T> = { [Name in keyof T]: T[Name] };

type IsThere<Name, Member, S> = Member extends { readonly default: unknown }
  ? true
  : S extends { readonly required: readonly (infer Required)[] }
    ? Name extends Required
      ? true
      : false
    : false;

/** Values of all options, by name: `{ meshX: { type: 'integer', ... } }` gives `{ meshX: number }`. */
export type OptionValues<O extends Readonly<Record<string, ValueSchema>>> = {
  readonly [Name in keyof O]: OptionValue<O[Name]>;
};

/**
 * What a default must be: a value of the type of its option, where members with a default of their own may be left out. Of options that are
 * only known at run time it may be anything.
 */
export type CheckedDefaults<O extends OptionSchemas> = {
  readonly [Name in keyof O]: {
    readonly default: JsonValue extends O[Name]['default'] ? JsonValue : GivenValue<O[Name]>;
  };
};

type GivenValue<S> = S extends { readonly enum: readonly (infer Choice)[] }
  ? Choice
  : S extends { readonly type: 'array'; readonly items: infer Item }
    ? readonly GivenValue<Item>[]
    : S extends { readonly type: 'object'; readonly properties: infer Members }
      ? { readonly [Name in keyof Members]?: GivenValue<Members[Name]> }
      : OptionValue<S>;

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
export function defineOptions<const O extends OptionSchemas>(options: O & CheckedDefaults<O>): O {
  return options;
}

/** The values that options have where nobody says otherwise. */
export function defaultsOf<O extends OptionSchemas>(options: O): OptionValues<O> {
  const defaults = Object.entries(options).map(([name, schema]) => [name, completeValue(schema, schema.default)]);
  return Object.fromEntries(defaults) as OptionValues<O>;
}
