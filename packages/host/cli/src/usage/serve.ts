import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, portNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon serve [DIR...]`: the live dashboard. */
export function serveCommand(context: Context): Command {
  return new Command('serve')
    .description('show sweeps in the browser, while they run and afterwards')
    .argument('[folders...]', 'folders of sweeps, or that hold some (default: archon-out)')
    .option('--port <n>', 'listen here; 0 for any that is free (default: 4180, or any where that is taken)', portNumber)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Only this machine can reach it, and nothing can be changed through it. A sweep that is started in a folder appears by itself. Ctrl-C ends it.
${examples('archon serve', 'archon serve archon-out/first archon-out/second', 'archon serve results --port 9000')}`,
    )
    .action(onDemand(context, async () => (await import('../commands/serve.js')).serve));
}
