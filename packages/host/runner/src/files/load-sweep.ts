import { dirname, resolve } from 'node:path';
import {
  parseExperiment,
  parseSweep,
  readKind,
  readPluginList,
  throwMistakes,
  type OptionMistake,
} from '@archon-dse/config';
import { CHOICE_KINDS, fail, type Diagnostic, type Experiment, type Registry, type Sweep } from '@archon-dse/core';
import { readText } from '@archon-dse/core/files';
import { namedPaths } from '@archon-dse/engine';
import { checkSearch } from './check-search.js';
import { checkSweep } from './check-sweep.js';
import { missingPath } from './digest-inputs.js';
import { documentReader } from './document-reader.js';
import { settingMistakes } from './setting-mistakes.js';
import { refinedSweep } from '../explore/refine.js';
import { loadPlugins, type LoadedPlugins } from '../plugins/loader.js';
import { guardProcess, type GuardReports } from '../execute/process-guard.js';

/** The program that runs a sweep or an experiment, and what it brings along. */
export interface Host {
  /** Plugins every file may use without naming them. */
  readonly plugins: readonly string[];
  /** Where plugins are looked up when they are not installed beside the file. */
  readonly directories: readonly string[];
  /** Given by a host whose process plugins must not end, see `guardProcess`. */
  readonly guard?: GuardReports;
  /** Where relative paths of options start; the working directory unless given. */
  readonly cwd?: string;
}

export interface LoadedSweep {
  readonly sweep: Sweep;
  readonly plugins: LoadedPlugins;
  /** How plugins fail when their options are checked; points they are right for are evaluated all the same. */
  readonly faults: readonly Diagnostic[];
}

export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly plugins: LoadedPlugins;
}

/**
 * Reads a sweep file: first the list of its plugins, then, with those loaded, all the rest, whether the files it
 * names are there, and whether its options make sense.
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

/** Paths of options that lead nowhere: found before anything runs, and without reading what they lead to. */
function missingPaths(
  { networks, stages, accelerators }: Sweep,
  registry: Registry,
  cwd: string,
): readonly OptionMistake[] {
  const choices = { network: networks, stage: stages, accelerator: accelerators };
  return namedPaths(choices, registry).flatMap(({ kind, index, option, text, path }) => {
    const problem = missingPath(text, path, cwd);
    return problem === undefined ? [] : [{ entry: [CHOICE_KINDS[kind], index], option, value: text, problem }];
  });
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
  const documents = { registry: plugins.registry, read: documentReader(dirname(file)) };
  const sweep = parseSweep(text, file, plugins.registry, documents.read);
  const faults = new Map<string, Diagnostic>();
  const cwd = host.cwd ?? process.cwd();
  const { registry } = plugins;
  const onFault = (fault: Diagnostic): void => void faults.set(fault.message, fault);
  throwMistakes(text, file, missingPaths(sweep, registry, cwd), documents);
  throwMistakes(text, file, await checkSweep(sweep, registry, cwd, onFault), documents);
  const { refine, search } = sweep;
  if (search !== undefined) throwMistakes(text, file, await checkSearch(sweep, search, registry, onFault), documents);
  if (refine !== undefined) {
    const refined = refinedSweep(sweep, refine, registry);
    const asSettings = (mistakes: readonly OptionMistake[]) => settingMistakes(mistakes, refined, refine);
    throwMistakes(text, file, asSettings(missingPaths(refined, registry, cwd)), documents);
    throwMistakes(text, file, asSettings(await checkSweep(refined, registry, cwd, onFault)), documents);
  }
  return { sweep, plugins, faults: [...faults.values()] };
}

async function readExperiment(text: string, file: string, host: Host): Promise<LoadedExperiment> {
  const plugins = await loadPluginsOf(text, file, host, 'experiment');
  return { experiment: parseExperiment(text, file, plugins.registry, documentReader(dirname(file))), plugins };
}

function loadPluginsOf(
  text: string,
  file: string,
  { plugins, directories, guard }: Host,
  subject: 'sweep' | 'experiment',
): Promise<LoadedPlugins> {
  if (guard !== undefined) guardProcess(guard);
  const specifiers = [...plugins, ...readPluginList(text, file, subject)];
  return loadPlugins(specifiers, [dirname(resolve(file)), ...directories]);
}
