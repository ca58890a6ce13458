import { dirname, resolve } from 'node:path';
import { parseExperiment, parseSweep, readKind, readPluginList, throwMistakes } from '@archon-dse/config';
import { fail, type Experiment, type Sweep } from '@archon-dse/core';
import { readText } from '@archon-dse/core/files';
import { checkSweep } from './check-sweep.js';
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
 * Reads a sweep file: first the list of its plugins, then, with those loaded, all the rest, and whether its options make sense.
 *
 * @throws ArchonError ARCHON_FILE_*, ARCHON_PLUGIN_* what `parseSweep` finds wrong, ARCHON_USAGE for an experiment, or ARCHON_BAD_OPTION
 *   for values that accelerators refuse with every network
 */
export async function loadSweep(file: string, host: Host): Promise<LoadedSweep> {
  const text = await readText(file, 'a sweep in YAML');
  if (readKind(text, file) === 'experiment') {
    fail({
      code: 'ARCHON_USAGE',
      message: `"${file}" is an experiment`,
      expected: 'a sweep, which has networks and accelerators and no kind',
      hint: `archon run ${file} runs it.`,
    });
  }
  return readSweep(text, file, host);
}

/**
 * Reads an experiment file in the same way.
 *
 * @throws ArchonError ARCHON_FILE_*, ARCHON_PLUGIN_* or what `parseExperiment` finds wrong
 */
export async function loadExperiment(file: string, host: Host): Promise<LoadedExperiment> {
  return readExperiment(await readText(file, 'an experiment in YAML'), file, host);
}

/** Reads either of them: what it is, its text says. @throws ArchonError as {@link loadSweep} and {@link loadExperiment} */
export async function loadEither(file: string, host: Host): Promise<LoadedSweep | LoadedExperiment> {
  const text = await readText(file, 'a sweep or an experiment in YAML');
  return readKind(text, file) === 'sweep' ? readSweep(text, file, host) : readExperiment(text, file, host);
}

async function readSweep(text: string, file: string, host: Host): Promise<LoadedSweep> {
  const plugins = await loadPluginsOf(text, file, host, 'sweep');
  const sweep = parseSweep(text, file, plugins.registry);
  throwMistakes(text, file, await checkSweep(sweep, plugins.registry));
  return { sweep, plugins };
}

async function readExperiment(text: string, file: string, host: Host): Promise<LoadedExperiment> {
  const plugins = await loadPluginsOf(text, file, host, 'experiment');
  return { experiment: parseExperiment(text, file, plugins.registry), plugins };
}

function loadPluginsOf(
  text: string,
  file: string,
  { plugins, directories }: Host,
  subject: 'sweep' | 'experiment',
): Promise<LoadedPlugins> {
  const specifiers = [...plugins, ...readPluginList(text, file, subject)];
  return loadPlugins(specifiers, [dirname(resolve(file)), ...directories]);
}
