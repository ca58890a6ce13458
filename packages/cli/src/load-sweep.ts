import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fail, type Sweep } from '@archon-dse/core';
import { parseSweep, readPluginList } from '@archon-dse/config';
import { expandSweep, type Expansion, type LoadedPlugins } from '@archon-dse/runner';
import type { Context } from './context.js';

export interface LoadedSweep {
  readonly sweep: Sweep;
  readonly expansion: Expansion;
  readonly plugins: LoadedPlugins;
}

/**
 * Reads a sweep file, loads the plugins it names (from its own folder first) and expands it.
 *
 * @throws ArchonError with every mistake in the file, or ARCHON_FILE_NOT_FOUND
 */
export async function loadSweep(context: Context, file: string): Promise<LoadedSweep> {
  const path = isAbsolute(file) ? file : join(context.cwd, file);
  const text = readText(path, file);
  const plugins = await context.loadPlugins(readPluginList(text, file), dirname(path));
  const sweep = parseSweep(text, file, plugins.registry);
  return { sweep, expansion: expandSweep(sweep, plugins.registry), plugins };
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return fail({
      code: 'ARCHON_FILE_NOT_FOUND',
      message: `the sweep "${shown}" cannot be read (${reason})`,
      expected: 'a YAML file',
    });
  }
}
