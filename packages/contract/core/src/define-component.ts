import type { AttributeSchemas, Described } from './contribution.js';
import { deepFreeze } from './deep-freeze.js';
import { requireFunction } from './definition.js';
import { changingDiagnostics, type Diagnostic } from './diagnostic.js';
import { quote } from './json.js';
import type { OptionValues } from './option-values.js';
import { parseOptions } from './parse-options.js';
import type { Component, ComponentPrice } from './pricing.js';

/** What a component class says about itself. */
export interface ComponentMeta<
  S extends AttributeSchemas = AttributeSchemas,
  A extends string = string,
> extends Described {
  readonly attributes: S;
  /** Rows of the ERT, each with what it prices, e.g. `{ read: 'read one word' }`. */
  readonly actions: Readonly<Record<A, string>>;
}

/** A class of components, as the host sees it: a price for each choice of attributes. */
export interface ComponentContribution {
  readonly meta: ComponentMeta;
  /**
   * One instance. Called once for components that are equal.
   *
   * @param given - attributes that differ from the defaults, or all of them
   * @throws ArchonError ARCHON_PRICE_BAD_COMPONENT; ARCHON_PRICE_INFEASIBLE for a size that has no honest price
   */
  price(given: Component['attributes']): ComponentPrice;
}

export interface ComponentDefinition<S extends AttributeSchemas, A extends string> extends ComponentMeta<S, A> {
  /** Pure: the same attributes, the same price. Every action has one. */
  readonly price: (attributes: OptionValues<S>) => ComponentPrice<NoInfer<A>>;
}

/**
 * Makes a class of components that a plugin can provide.
 *
 * @example
 * export const pcmCell = defineComponent({
 *   name: 'pcm-cell',
 *   title: 'PCM cell',
 *   description: 'Phase-change memory cell.',
 *   source: 'Doe et al. 2024, table 2',
 *   attributes: { levels: { type: 'integer', minimum: 2, description: 'Resistance levels.' } },
 *   actions: { read: 'read one cell', write: 'program one cell' },
 *   price: ({ levels }) => ({
 *     energyPj: {
 *       read: { value: 0.1 * Math.log2(levels), source: 'table 2' },
 *       write: { value: 13.5, source: 'table 2' },
 *     },
 *     areaUm2: { value: 0.04, source: 'section 3' },
 *   }),
 * });
 */
export function defineComponent<const S extends AttributeSchemas, const A extends string>(
  definition: ComponentDefinition<S, A>,
): ComponentContribution {
  const { price, ...meta } = definition;
  requireFunction(meta.name, 'price', price);
  deepFreeze(meta); // defaults are handed to every component
  return { meta, price: (given) => price(parseAttributes(meta, given)) };
}

/** Attributes as options are parsed, with the errors of a component. */
function parseAttributes<S extends AttributeSchemas>(
  { name, attributes }: ComponentMeta<S>,
  given: Component['attributes'],
): OptionValues<S> {
  return changingDiagnostics(
    () => parseOptions({ name, options: attributes }, given),
    (problem) => attributeProblem(name, problem),
  );
}

function attributeProblem(component: string, problem: Diagnostic): Diagnostic {
  const attribute = (problem.path ?? '').replace(/^options\./, '');
  const isUnknown = problem.code === 'ARCHON_UNKNOWN_OPTION';
  return {
    ...problem,
    code: 'ARCHON_PRICE_BAD_COMPONENT',
    path: `attributes.${attribute}`,
    ...(isUnknown ? { message: `${component} has no attribute ${quote(attribute)}` } : {}),
  };
}
