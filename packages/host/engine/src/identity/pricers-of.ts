import { canonicalJson, own, type Choice, type Plugin, type Registry } from '@archon-dse/core';
import { findClass, knownClasses } from '@archon-dse/pricing';
import { createAccelerator } from '../border/accelerator-calls.js';
import { Border } from '../border/border.js';
import type { Basis } from '../evaluation-context.js';
import { locate } from './inputs.js';

type PluginMeta = Plugin['meta'];

/**
 * Names of the plugins of component classes by which the hardware of accelerators is priced, but for their own, by the accelerator with
 * its options. What is not here has none. Plain data.
 */
export type Pricers = Readonly<Record<string, readonly string[]>>;

const keyOf = ({ use, options }: Choice): string => canonicalJson([use, options]);

/** Those of an accelerator, as they were found. */
export function pricersOf(choice: Choice, pricers: Pricers, registry: Registry): readonly PluginMeta[] {
  if (Object.keys(pricers).length === 0) return [];
  const names = own(pricers, keyOf(choice)) ?? [];
  return registry.plugins.map(({ meta }) => meta).filter(({ name }) => names.includes(name));
}

/**
 * Finds out by whose classes accelerators are priced, which only these can tell. Where nobody but its own plugin brings a class, an
 * accelerator is not asked.
 */
export async function findPricers(accelerators: readonly Choice[], basis: Basis): Promise<Pricers> {
  const classes = basis.registry.list('component');
  const found: [string, readonly string[]][] = [];
  for (const choice of accelerators) {
    const { plugin: own } = basis.registry.resolve('accelerator', choice.use);
    if (classes.every(({ plugin }) => plugin.name === own.name)) continue;
    const names = await askFor(choice, basis);
    if (names.length > 0) found.push([keyOf(choice), names]);
  }
  return Object.fromEntries(found);
}

async function askFor(choice: Choice, { registry, platform, contents }: Basis): Promise<readonly string[]> {
  const model = registry.resolve('accelerator', choice.use);
  const classes = knownClasses(registry);
  try {
    const options = locate('accelerator', choice, { registry, inputs: contents.inputs });
    const list = () => createAccelerator(new Border(platform), model, options).components();
    const components = await platform.task(list);
    const names = components.map(({ class: wanted }) => findClass(wanted, classes, model.plugin.namespace).plugin);
    return [...new Set(names)].filter((name) => name !== undefined && name !== model.plugin.name) as string[];
  } catch {
    return []; // the point fails for the same reason before a class has any part in it
  }
}
