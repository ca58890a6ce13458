import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon expand FILE`: every point with its id and all of its options. */
export function expandCommand(context: Context): Command {
  return new Command('expand')
    .description('list every point of a sweep with its id and all options')
    .argument('<file>', 'the sweep, a YAML file')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon expand node_modules/archon-dse/sweeps/quickstart.yaml',
        'archon expand my.yaml --json | jq ".points[0]"',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/expand.js')).expand));
}
