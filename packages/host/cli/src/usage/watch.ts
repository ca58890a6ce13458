import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon watch DIR`: how the run of a sweep goes. */
export function watchCommand(context: Context): Command {
  return new Command('watch')
    .description('show in this terminal how a sweep goes that another process runs')
    .argument('<folder>', 'the out directory of the sweep')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Ends when the run ends, with its exit code: 0 all points evaluated, 3 some failed, 2 ended by an error, 130 interrupted or killed.
${examples('archon watch archon-out/quickstart', 'archon watch archon-out/quickstart --json | jq .state')}`,
    )
    .action(onDemand(context, async () => (await import('../commands/watch.js')).watch));
}
