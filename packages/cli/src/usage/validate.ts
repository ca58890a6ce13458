import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../flags.js';
import { onDemand } from './on-demand.js';

/** `archon validate FILE`: is the sweep right, and how many points has it. */
export function validateCommand(context: Context): Command {
  return new Command('validate')
    .description('check a sweep file without running it')
    .argument('<file>', 'the sweep, a YAML file')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon validate sweeps/quickstart.yaml', 'archon validate my.yaml --json'))
    .action(onDemand(context, async () => (await import('../commands/validate.js')).validate));
}
