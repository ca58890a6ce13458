import { ArchonError, Registry, type Diagnostic, type Plugin } from '@archon-dse/core';
import { mergeDiagnostics, NotPlain, safeMember, stuck } from '@archon-dse/engine/border';
import { knownClasses } from '@archon-dse/pricing';
import { border } from '../node-platform.js';
import { isError } from './look.js';
import { asTask, enterPlugin } from './plugin-tasks.js';
import { requirePlugin } from './shape.js';
import { snapshotPlugin } from './snapshot.js';
import { findPlugin, type PluginSource } from './source.js';
import { noteRoot } from './places/error-place.js';
import { typescriptAdvice } from './typescript.js';

/** A plugin whose import takes longer will never be there. */
const IMPORT_LIMIT_MS = 30_000;

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

async function importPlugins(sources: readonly PluginSource[]): Promise<Registry> {
  const plugins: Plugin[] = [];
  for (const source of sources) plugins.push(await asTask(() => importPlugin(source)));
  const registry = new Registry(plugins);
  knownClasses(registry); // refuses ids of built-in classes
  return registry;
}

/** Plugins that could be imported, and why others could not, by their names. */
export interface ImportedPlugins {
  readonly registry: Registry;
  readonly failures: ReadonlyMap<string, Diagnostic>;
}

/** Imports plugins that were loaded before; a worker thread starts here. One that fails only now fails nothing but its own points. */
export async function importEach(sources: readonly PluginSource[]): Promise<ImportedPlugins> {
  const plugins: Plugin[] = [];
  const failures = new Map<string, Diagnostic>();
  for (const source of sources) {
    try {
      plugins.push(await asTask(() => importPlugin(source)));
    } catch (error) {
      const diagnostics = border.diagnosticsOf(error);
      if (diagnostics === undefined) throw error;
      failures.set(source.name, mergeDiagnostics(diagnostics));
    }
  }
  return { registry: new Registry(plugins), failures };
}

async function importPlugin(source: PluginSource): Promise<Plugin> {
  const { exported } = await importEntry(source);
  const call = { culprit: { plugin: source.name }, doing: 'describing itself' };
  return requirePlugin(
    enterPlugin(call, () => readExport(exported, source)),
    source,
  );
}

/** The default export of a plugin, wrapped: a bare one that has a `then` would be called as a promise. */
async function importEntry(source: PluginSource): Promise<{ readonly exported: unknown }> {
  const call = { culprit: { plugin: source.name }, doing: 'being imported' };
  noteRoot(source.name, source.root);
  let entry: object | undefined;
  try {
    entry = await enterPlugin(call, () => withinLimit(import(source.url) as Promise<object>));
  } catch (error) {
    throw enterPlugin(call, () => importError(source, error)); // reading what was thrown may call code of the plugin
  }
  if (entry === undefined) throw stuck(call, `it has taken ${String(IMPORT_LIMIT_MS / 1000)} s`);
  return { exported: safeMember(entry, 'default') };
}

function importError({ name, root }: PluginSource, error: unknown): ArchonError {
  const code = isError(error) ? safeMember(error, 'code') : undefined;
  return new ArchonError({
    code: 'ARCHON_PLUGIN_THREW',
    message: `plugin "${name}" in ${root} could not be imported: ${border.describe(error)}`,
    expected: 'an entry that imports without an error',
    ...(code === 'ERR_MODULE_NOT_FOUND' ? { hint: `Is all it depends on installed? npm install, in ${root}` } : {}),
    ...typescriptAdvice(code),
    plugin: name,
    ...border.placeOf(name, error),
    ...border.stackOf(error),
  });
}

/** Nothing when an import takes too long. The timer keeps no process alive: one without work left is noticed at once. */
async function withinLimit<T>(importing: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), IMPORT_LIMIT_MS).unref();
  });
  try {
    return await Promise.race([importing, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function readExport(exported: unknown, source: PluginSource): unknown {
  try {
    return snapshotPlugin(exported);
  } catch (error) {
    if (!(error instanceof NotPlain)) throw border.accuse({ plugin: source.name }, 'describing itself', error);
    const path = error.path === '' ? 'default export' : error.path;
    throw new ArchonError({
      code: 'ARCHON_PLUGIN_SHAPE',
      message: `plugin "${source.name}" in ${source.root}: ${path} is ${error.found}`,
      path,
      expected: error.expected,
      plugin: source.name,
    });
  }
}
