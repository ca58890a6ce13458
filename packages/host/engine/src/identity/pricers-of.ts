import { canonicalJson, type Choice, type Plugin, type Registry } from '@archon-dse/core';
import { findClass, knownClasses } from '@archon-dse/pricing';
import { Border } from '../border/border.js';
import { createAccelerator } from '../border/create-accelerator.js';
import { listComponents } from '../border/list-components.js';
import type { Basis } from '../evaluation-context.js';
import { locate } from './inputs.js';

type PluginMeta = Plugin['meta'];

/** What was found out about accelerators of a registry, by their choice: many points have the same. */
const known = new WeakMap<Registry, Map<string, readonly PluginMeta[]>>();

/**
 * The plugins of component classes by which an accelerator's hardware is priced, but for its own. Where there are none but its own, the
 * accelerator is not asked.
 */
export function pricersOf(choice: Choice, basis: Basis): readonly PluginMeta[] {
  const { registry } = basis;
  const { plugin: own } = registry.resolve('accelerator', choice.use);
  if (registry.list('component').every(({ plugin }) => plugin.name === own.name)) return [];
  const ofRegistry = known.get(registry) ?? new Map<string, readonly PluginMeta[]>();
  known.set(registry, ofRegistry);
  const key = canonicalJson(choice);
  const found = ofRegistry.get(key) ?? askFor(choice, basis);
  ofRegistry.set(key, found);
  return found;
}

function askFor(choice: Choice, { registry, platform, contents: { inputs } }: Basis): readonly PluginMeta[] {
  const { id, plugin, contribution } = registry.resolve('accelerator', choice.use);
  const classes = knownClasses(registry);
  const plugins = new Map(registry.plugins.map(({ meta }) => [meta.name, meta]));
  try {
    const culprit = { plugin: plugin.name, contribution: id };
    const components = new Border(platform).blameSync(culprit, 'listing its components', () => {
      const options = locate('accelerator', choice, { registry, inputs });
      return listComponents(createAccelerator(contribution, options, platform.show));
    });
    return components.flatMap((component) => {
      const brought = findClass(component.class, classes, plugin.namespace).plugin;
      return brought === undefined || brought === plugin.name ? [] : (plugins.get(brought) ?? []);
    });
  } catch {
    return []; // the point fails for the same reason before a class has any part in it
  }
}
