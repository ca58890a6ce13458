import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon doctor`: can this machine run everything. */
export function doctorCommand(context: Context): Command {
  return new Command('doctor')
    .description('check that this machine can run sweeps, and what it can train with')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon doctor', 'archon doctor --json'))
    .action(onDemand(context, async () => (await import('../commands/doctor.js')).doctor));
}
