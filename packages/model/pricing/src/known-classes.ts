import { fail, hintOf, type ComponentContribution, type Registry } from '@archon-dse/core';
import { BUILT_IN_CLASSES } from './component-classes.js';

/** A component class with its public id and the plugin that brings it; none where it is built in. */
export interface KnownClass {
  readonly id: string;
  readonly plugin?: string;
  readonly contribution: ComponentContribution;
}

const BUILT_IN_NAMESPACE = 'archon';
const BUILT_IN: readonly KnownClass[] = BUILT_IN_CLASSES.map((contribution) => ({
  id: `${BUILT_IN_NAMESPACE}/${contribution.meta.name}`,
  contribution,
}));

/**
 * The built-in classes, and those of the loaded plugins in the order they were loaded.
 *
 * @throws ArchonError ARCHON_PLUGIN_DUPLICATE_ID when a plugin provides the id of a built-in class
 */
export function knownClasses(registry: Registry): readonly KnownClass[] {
  const ofPlugins = registry.list('component');
  for (const { id, plugin } of ofPlugins) {
    if (BUILT_IN.some((builtIn) => builtIn.id === id)) failTaken(id, plugin.name);
  }
  return [...BUILT_IN, ...ofPlugins.map(({ id, plugin, contribution }) => ({ id, plugin: plugin.name, contribution }))];
}

/**
 * The class that a component names: `namespace/name`, or a short `name` of the accelerator's own plugin, else a built-in one, else the only one
 * of that name.
 *
 * @param namespace - of the plugin of the accelerator
 * @throws ArchonError ARCHON_PRICE_UNKNOWN_COMPONENT or ARCHON_AMBIGUOUS_ID
 */
export function findClass(wanted: string, known: readonly KnownClass[], namespace = BUILT_IN_NAMESPACE): KnownClass {
  const ids = [wanted, `${namespace}/${wanted}`, `${BUILT_IN_NAMESPACE}/${wanted}`];
  for (const id of ids) {
    const found = known.find((each) => each.id === id);
    if (found !== undefined) return found;
  }
  const [first, ...others] = known.filter(({ contribution }) => contribution.meta.name === wanted);
  if (first === undefined) return failUnknown(wanted, known);
  if (others.length === 0) return first;
  return fail({
    code: 'ARCHON_AMBIGUOUS_ID',
    path: 'class',
    message: `more than one component class is called "${wanted}"`,
    expected: `one of: ${[first, ...others].map(({ id }) => id).join(', ')}`,
  });
}

function failTaken(id: string, plugin: string): never {
  return fail({
    code: 'ARCHON_PLUGIN_DUPLICATE_ID',
    message: `component "${id}" of "${plugin}" is built in`,
    expected: 'a namespace of its own for each plugin',
    plugin,
  });
}

function failUnknown(wanted: string, known: readonly KnownClass[]): never {
  const names = known.map(({ id, plugin, contribution }) => (plugin === undefined ? contribution.meta.name : id));
  const short = known.map(({ contribution }) => contribution.meta.name);
  return fail({
    code: 'ARCHON_PRICE_UNKNOWN_COMPONENT',
    path: 'class',
    message: `no component class is called "${wanted}"`,
    expected: `one of: ${names.join(', ')}`,
    ...hintOf(wanted, wanted.includes('/') ? names : short),
  });
}
