import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon report DIR`: writes the report of a sweep's folder again. */
export function reportCommand(context: Context): Command {
  return new Command('report')
    .description('write the report of a finished or interrupted sweep again')
    .argument('<folder>', 'the folder of the sweep')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon report archon-out/quickstart', 'archon report results/my --json | jq .counts'),
    )
    .action(onDemand(context, async () => (await import('../commands/report.js')).report));
}
