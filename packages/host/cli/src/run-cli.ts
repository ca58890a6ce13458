import { CommanderError } from 'commander';
import { ArchonError } from '@archon-dse/core';
import type { Context } from './context.js';
import { reportError } from './terminal/output.js';
import { buildProgram } from './program.js';

/** Runs one command line; every outcome is an exit code, nothing throws. */
export async function runCli(args: readonly string[], context: Context): Promise<void> {
  try {
    await buildProgram(context).parseAsync([...args], { from: 'user' });
  } catch (error) {
    context.output.live([]);
    if (error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')) return;
    context.setExitCode(reportError(asUsageError(error), context.output, args.includes('--json')));
  }
}

/** Commander's own complaints in the form of all other errors. */
function asUsageError(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [message = '', hint] = error.message.replace(/^error: /, '').split('\n');
  return new ArchonError({
    code: 'ARCHON_USAGE',
    message,
    expected: 'what --help of the command describes',
    ...(hint === undefined ? {} : { hint: hint.replace(/[()]/g, '') }),
  });
}
