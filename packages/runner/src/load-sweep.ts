import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseSweep, readPluginList, throwMistakes } from '@archon-dse/config';
import { fail, type Sweep } from '@archon-dse/core';
import { checkSweep } from './check-sweep.js';
import { loadPlugins, type LoadedPlugins } from './loader.js';

/** The program that runs the sweep, and what it brings along. */
export interface Host {
  /** Plugins every sweep may use without naming them. */
  readonly plugins: readonly string[];
  /** Where plugins are looked up when they are not installed beside the sweep. */
  readonly directories: readonly string[];
}

export interface LoadedSweep {
  readonly sweep: Sweep;
  readonly plugins: LoadedPlugins;
}

/**
 * Reads a sweep file: first the list of its plugins, then, with those loaded, all the rest, and whether its options make sense.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_PLUGIN_* what `parseSweep` finds wrong, or ARCHON_BAD_OPTION for
 *   values that accelerators refuse with every network
 */
export async function loadSweep(file: string, host: Host): Promise<LoadedSweep> {
  const text = await readText(file);
  const specifiers = [...host.plugins, ...readPluginList(text, file)];
  const plugins = await loadPlugins(specifiers, [dirname(resolve(file)), ...host.directories]);
  const sweep = parseSweep(text, file, plugins.registry);
  throwMistakes(text, file, await checkSweep(sweep, plugins.registry));
  return { sweep, plugins };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `"${file}" cannot be read (${reason})`,
      expected: 'a sweep in YAML',
    });
  }
}
