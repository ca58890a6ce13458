import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon validate FILE`: is the sweep or the experiment right, and how much is it. */
export function validateCommand(context: Context): Command {
  return new Command('validate')
    .description('check a sweep or an experiment without running it')
    .argument('<file>', 'a sweep or an experiment, a YAML file')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon validate node_modules/archon-dse/sweeps/quickstart.yaml', 'archon validate my.yaml --json'),
    )
    .action(onDemand(context, async () => (await import('../commands/validate.js')).validate));
}
