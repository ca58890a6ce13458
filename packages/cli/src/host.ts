import { fileURLToPath } from 'node:url';
import { loadPlugins, type LoadedPlugins } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from './builtin-plugins.js';
import type { Context } from './context.js';
import { processOutput } from './output.js';

/** The context of a real process. */
export function processContext(): Context {
  return {
    output: processOutput(),
    cwd: process.cwd(),
    host: { plugins: BUILTIN_PLUGINS, directories: [fileURLToPath(new URL('.', import.meta.url))] },
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}

/** Loads the built-in plugins and those of `--plugin`, the working directory first. */
export function loadNamed({ host, cwd }: Context, extra: readonly string[]): Promise<LoadedPlugins> {
  return loadPlugins([...host.plugins, ...extra], [cwd, ...host.directories]);
}
