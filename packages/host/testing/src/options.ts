import {
  deepFreeze,
  type AttributeSchemas,
  type ContributionMeta,
  type JsonValue,
  type Network,
  type NetworkContribution,
  type Options,
  type OptionSchema,
} from '@archon-dse/core';

/** The options a host would pass: every default, with `given` over them. */
export function withDefaults(meta: ContributionMeta, given: Options = {}): Options {
  const defaults = Object.entries(meta.options).map(([name, schema]): [string, JsonValue] => [name, schema.default]);
  return { ...Object.fromEntries(defaults), ...given };
}

/** A contribution's options with other defaults and other values to choose from: those that a suite can afford, and a machine has. */
export function changedOptions(
  options: ContributionMeta['options'],
  {
    defaults = {},
    choices = {},
  }: { readonly defaults?: Options; readonly choices?: Readonly<Record<string, readonly JsonValue[]>> },
): ContributionMeta['options'] {
  const changed = Object.entries(options).map(([name, schema]): [string, OptionSchema] => [
    name,
    {
      ...schema,
      ...(defaults[name] === undefined ? {} : { default: defaults[name] }),
      ...(choices[name] === undefined ? {} : { enum: choices[name] }),
    },
  ]);
  return Object.fromEntries(changed);
}

/**
 * Builds a network from the options that differ from the defaults.
 *
 * @throws TypeError for one that answers with a promise: await its own `build`
 */
export function buildNetwork(contribution: NetworkContribution, given: Options = {}): Network {
  const network = contribution.build(withDefaults(contribution.meta, given));
  if (network instanceof Promise) throw new TypeError(`${contribution.meta.name} answers with a promise`);
  return network;
}

/** The defaults, and for each option with a list of values the defaults with one of them. */
export function everyChoice({ options }: { readonly options: AttributeSchemas }): readonly Options[] {
  const choices = Object.entries(options).flatMap(([name, schema]) =>
    (schema.enum ?? []).filter((value) => value !== schema.default).map((value): Options => ({ [name]: value })),
  );
  return [{}, ...choices];
}

/** A frozen copy of a JSON value. */
export function frozenCopy<T>(value: T): T {
  return deepFreeze(JSON.parse(JSON.stringify(value)) as T);
}
