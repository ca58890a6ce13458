import { ArchonError, didYouMean, fail, type Component, type Diagnostic, type PriceComponents } from '@archon-dse/core';
import { attributeProblems, attributeValues } from './attributes.js';
import type { PricedClass } from './component-class.js';
import { CLASSES } from './component-classes.js';

/**
 * Prices the components of an accelerator: pJ per action and um2 per instance, each with its source.
 *
 * @returns tables by component name; the actions of a class are those of `COMPONENT_CLASSES`
 * @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT for a class; ARCHON_PRICE_BAD_COMPONENT for attributes and names used twice, all
 * together; ARCHON_PRICE_INFEASIBLE for an SRAM that cannot be built or lies beyond the tables
 */
export const priceComponents: PriceComponents = (components) => {
  const known = components.map((component, index) => ({ component, model: modelOf(component, index) }));
  const [first, ...others] = [
    ...known.flatMap(({ component, model }, index) => attributeProblems(model.attributes, component, pathOf(index))),
    ...repeatedNames(components),
  ];
  if (first !== undefined) throw new ArchonError(first, ...others);
  const priced = known.map(({ component, model }) => ({
    name: component.name,
    ...model.price(attributeValues(model.attributes, component), component.name),
  }));
  return {
    ert: Object.fromEntries(priced.map(({ name, energyPj }) => [name, energyPj])),
    art: Object.fromEntries(priced.map(({ name, areaUm2 }) => [name, areaUm2])),
  };
};

const pathOf = (index: number): string => `components[${index}]`;

function modelOf(component: Component, index: number): PricedClass {
  const model = CLASSES.get(component.class);
  if (model !== undefined) return model;
  const names = [...CLASSES.keys()];
  const hint = didYouMean(component.class, names);
  return fail({
    code: 'ARCHON_PRICE_UNKNOWN_COMPONENT',
    message: `component "${component.name}" has the unknown class "${component.class}"`,
    path: `${pathOf(index)}.class`,
    expected: `one of: ${names.join(', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}

function repeatedNames(components: readonly Component[]): Diagnostic[] {
  const firstIndex = new Map<string, number>();
  return components.flatMap(({ name }, index) => {
    const before = firstIndex.get(name);
    if (before === undefined) {
      firstIndex.set(name, index);
      return [];
    }
    return {
      code: 'ARCHON_PRICE_BAD_COMPONENT',
      message: `component name "${name}" is used twice`,
      path: `${pathOf(index)}.name`,
      expected: `a name other than that of ${pathOf(before)}`,
    };
  });
}
