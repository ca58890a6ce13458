import { fileURLToPath } from 'node:url';
import { BUILTIN_PLUGINS } from './builtin-plugins.js';
import type { Context } from './context.js';
import { processOutput } from './output.js';

/** The context of a real process. */
export function processContext(): Context {
  return {
    output: processOutput(),
    get cwd() {
      return process.cwd(); // refused where the folder is gone
    },
    host: { plugins: BUILTIN_PLUGINS, directories: [fileURLToPath(new URL('.', import.meta.url))] },
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}
