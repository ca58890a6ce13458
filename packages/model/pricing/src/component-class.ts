import type { AttributeSchemas, AttributeValues } from './attributes.js';
import type { ComponentPrice } from './component-price.js';

/** What a component class is, as plain JSON for listings and documentation. */
export interface ComponentClass {
  readonly name: string;
  readonly description: string;
  readonly attributes: AttributeSchemas;
  /** Rows of the ERT, each with what it prices. */
  readonly actions: Readonly<Record<string, string>>;
}

/** A component class with its pricer. */
export interface PricedClass extends Omit<ComponentClass, 'name'> {
  /** @param component name of the component, for errors */
  readonly price: (values: AttributeValues, component: string) => ComponentPrice;
}

/** Types the values a pricer gets by the schemas of its class, and the actions it prices by those it declares. */
export function defineClass<S extends AttributeSchemas, A extends string>(definition: {
  readonly description: string;
  readonly attributes: S;
  readonly actions: Readonly<Record<A, string>>;
  readonly price: (values: AttributeValues<S>, component: string) => ComponentPrice<A>;
}): PricedClass {
  return { ...definition, price: (values, component) => definition.price(values as AttributeValues<S>, component) };
}
