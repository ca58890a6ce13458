import { fileURLToPath } from 'node:url';
import { loadPlugins } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from './builtin-plugins.js';
import type { Context } from './context.js';
import { processOutput } from './output.js';

const HOST_DIRECTORY = fileURLToPath(new URL('.', import.meta.url));

/** The context of a real process. */
export function processContext(): Context {
  return {
    output: processOutput(),
    cwd: process.cwd(),
    loadPlugins: (extra, fromDirectory = process.cwd()) =>
      loadPlugins([...BUILTIN_PLUGINS, ...extra], [fromDirectory, HOST_DIRECTORY]),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}
