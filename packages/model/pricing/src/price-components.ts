import {
  ArchonError,
  changingDiagnostics,
  Registry,
  soundPrice,
  type Component,
  type ComponentPrice,
  type Diagnostic,
  type PriceComponents,
} from '@archon-dse/core';
import { findClass, knownClasses, type KnownClass } from './known-classes.js';

/** How the components of an accelerator are priced that may be of plugins' classes. */
export interface PricerOptions {
  /** Namespace of the accelerator's plugin, whose classes short names mean first. */
  readonly namespace?: string;
  /** Calls the price function of a class, where a host lets code of plugins run; called as it is unless given. */
  readonly call?: (known: KnownClass, price: () => ComponentPrice) => ComponentPrice;
}

/**
 * Prices by the built-in classes and those of the plugins of a registry: pJ per action and um2 per instance, each with its source.
 *
 * @returns a function that throws ArchonError: ARCHON_PRICE_UNKNOWN_COMPONENT or ARCHON_AMBIGUOUS_ID for a class; else all together
 *   ARCHON_PRICE_BAD_COMPONENT for attributes and names used twice, ARCHON_PRICE_INFEASIBLE for what cannot be built or lies beyond the
 *   tables, ARCHON_RESULT_INVALID for a price that cannot be
 */
export function pricerOf(registry: Registry, { namespace, call = callNow }: PricerOptions = {}): PriceComponents {
  const known = knownClasses(registry);
  return (components) => {
    const asked = components.map((component, index) => {
      const found = located(component, index, () => findClass(component.class, known, namespace));
      return { component, index, found };
    });
    const problems: Diagnostic[] = [];
    const rows: [name: string, price: ComponentPrice][] = [];
    for (const { component, index, found } of asked) {
      const price = (): ComponentPrice => found.contribution.price(component.attributes);
      try {
        rows.push([
          component.name,
          located(component, index, () => soundPrice(call(found, price), found.contribution.meta, found)),
        ]);
      } catch (error) {
        if (!(error instanceof ArchonError)) throw error;
        problems.push(...error.diagnostics);
      }
    }
    const [first, ...others] = [...problems, ...repeatedNames(components)];
    if (first !== undefined) throw new ArchonError(first, ...others);
    return {
      ert: Object.fromEntries(rows.map(([name, { energyPj }]) => [name, energyPj])),
      art: Object.fromEntries(rows.map(([name, { areaUm2 }]) => [name, areaUm2])),
    };
  };
}

/** Prices by the built-in classes alone, see {@link pricerOf}. Their actions are those of `COMPONENT_CLASSES`. */
export const priceComponents: PriceComponents = pricerOf(new Registry([]));

function callNow(_: KnownClass, price: () => ComponentPrice): ComponentPrice {
  return price();
}

/** Says in errors which component it is about. */
function located<T>({ name }: Component, index: number, act: () => T): T {
  return changingDiagnostics(act, (problem) => ({
    ...problem,
    message: `component "${name}": ${problem.message}`,
    path: problem.path === undefined ? pathOf(index) : `${pathOf(index)}.${problem.path}`,
  }));
}

const pathOf = (index: number): string => `components[${index}]`;

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
