import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseExperiment, parseSweep, readPluginList } from '@archon-dse/config';
import { fail, type Experiment, type Registry, type Sweep } from '@archon-dse/core';
import { loadPlugins, type LoadedPlugins } from './loader.js';

/** The program that runs a sweep or an experiment, and what it brings along. */
export interface Host {
  /** Plugins every file may use without naming them. */
  readonly plugins: readonly string[];
  /** Where plugins are looked up when they are not installed beside the file. */
  readonly directories: readonly string[];
}

export interface LoadedSweep {
  readonly sweep: Sweep;
  readonly plugins: LoadedPlugins;
}

export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly plugins: LoadedPlugins;
}

/**
 * Reads a sweep file: first the list of its plugins, then, with those loaded, all the rest.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_PLUGIN_* or what `parseSweep` finds wrong
 */
export async function loadSweep(file: string, host: Host): Promise<LoadedSweep> {
  const { parsed, plugins } = await load(file, host, 'sweep', parseSweep);
  return { sweep: parsed, plugins };
}

/**
 * Reads an experiment file in the same way.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_PLUGIN_* or what `parseExperiment` finds wrong
 */
export async function loadExperiment(file: string, host: Host): Promise<LoadedExperiment> {
  const { parsed, plugins } = await load(file, host, 'experiment', parseExperiment);
  return { experiment: parsed, plugins };
}

async function load<T>(
  file: string,
  host: Host,
  subject: 'sweep' | 'experiment',
  parse: (text: string, file: string, registry: Registry) => T,
): Promise<{ readonly parsed: T; readonly plugins: LoadedPlugins }> {
  const text = await readText(file, subject);
  const specifiers = [...host.plugins, ...readPluginList(text, file, subject)];
  const plugins = await loadPlugins(specifiers, [dirname(resolve(file)), ...host.directories]);
  return { parsed: parse(text, file, plugins.registry), plugins };
}

async function readText(file: string, subject: 'sweep' | 'experiment'): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `"${file}" cannot be read (${reason})`,
      expected: `${subject === 'sweep' ? 'a sweep' : 'an experiment'} in YAML`,
    });
  }
}
