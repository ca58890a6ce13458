import { fail, Registry, type Plugin } from '@archon-dse/core';
import { requirePlugin } from './plugin-shape.js';
import { findPlugin, type PluginSource } from './plugin-source.js';
import { describeThrown } from './thrown.js';

/** The contributions of all loaded plugins, and where a worker thread can import them again. */
export interface LoadedPlugins {
  readonly registry: Registry;
  readonly sources: readonly PluginSource[];
}

/**
 * Loads plugins by name, in order: find, read the static manifest, check its contract version, import, check the shape, check ids.
 * Built-in plugins go the same way. A plugin named twice is loaded once.
 *
 * @param specifiers - package names, or paths relative to the first directory
 * @param directories - the sweep file's directory first, then the host's
 * @throws ArchonError one of the ARCHON_PLUGIN_* codes
 */
export async function loadPlugins(
  specifiers: readonly string[],
  directories: readonly string[],
): Promise<LoadedPlugins> {
  const found = specifiers.map((specifier) => findPlugin(specifier, directories));
  const sources = [...new Map(found.map((source) => [source.root, source])).values()];
  return { registry: await importPlugins(sources), sources };
}

/** Imports plugins that have been found before; a worker thread starts here. */
export async function importPlugins(sources: readonly PluginSource[]): Promise<Registry> {
  const plugins: Plugin[] = [];
  for (const source of sources) plugins.push(requirePlugin((await importEntry(source))['default'], source));
  return new Registry(plugins);
}

async function importEntry(source: PluginSource): Promise<Record<string, unknown>> {
  try {
    return (await import(source.url)) as Record<string, unknown>;
  } catch (error) {
    return fail({
      code: 'ARCHON_PLUGIN_THREW',
      message: `plugin "${source.name}" in ${source.root} could not be imported: ${describeThrown(error)}`,
      expected: 'an entry that imports without an error',
      plugin: source.name,
    });
  }
}
