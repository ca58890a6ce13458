import type { Component, JsonValue } from '@archon-dse/core';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { priceComponents } from './price-components.js';

/** A component of a class, under a name. */
export const part = (
  className: string,
  attributes: Record<string, JsonValue>,
  name = 'part',
  instances = 1,
): Component => ({
  name,
  class: className,
  attributes,
  instances,
});

/** Energy of an action in pJ and the area in um2, of one component. */
export function priced(className: string, attributes: Record<string, JsonValue>) {
  const { ert, art } = priceComponents([part(className, attributes)]);
  return { pj: (action: string) => ert['part']?.[action]?.value, areaUm2: art['part']?.value };
}

/** What is wrong with components. */
export const refusal = (...components: Component[]) => diagnosticsOf(() => priceComponents(components));
