import { fileURLToPath } from 'node:url';
import { BUILTIN_PLUGINS } from './builtin-plugins.js';
import type { Context } from './context.js';
import { EXIT, printDiagnostics, processOutput, reportError } from './terminal/output.js';

/** How long a process may go on after its command is done. */
const LINGER_MS = 1000;

/** The context of a real process, and the end of it. */
export interface ProcessContext extends Context {
  /** To be called when the command is done. */
  finish(): void;
}

export function processContext(): ProcessContext {
  const output = processOutput();
  let exitCode: number = EXIT.ok;
  const setExitCode = (code: number): void => {
    if (code !== EXIT.ok) exitCode = code;
  };
  return {
    output,
    get cwd() {
      return process.cwd(); // refused where the folder is gone
    },
    host: {
      plugins: BUILTIN_PLUGINS,
      directories: [fileURLToPath(new URL('.', import.meta.url))],
      guard: {
        onLate: (fault) => {
          printDiagnostics([fault], output);
          if (exitCode === EXIT.ok) setExitCode(EXIT.pointsFailed);
          process.exitCode = exitCode;
        },
        onBug: (error) => {
          process.exit(reportError(error, output, false));
        },
      },
    },
    setExitCode,
    finish: () => {
      process.exitCode = exitCode;
      endSoon();
    },
  };
}

/** Ends a process that a plugin keeps alive, with a timer or a connection, as soon as all output has been taken. */
function endSoon(): void {
  setInterval(() => {
    if (process.stdout.destroyed || process.stdout.writableLength === 0) process.exit();
  }, LINGER_MS).unref();
}
