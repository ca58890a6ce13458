import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon docs [TOPIC]`: what is written about this program, as it is installed. */
export function docsCommand(context: Context): Command {
  return new Command('docs')
    .description('list the documents that are installed, print one, or open it in the browser')
    .argument('[topic]', 'one of those that are listed without it, or an error code')
    .option('--open', 'open it in the browser instead')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon docs',
        'archon docs sweep-reference | less',
        'archon docs ARCHON_BAD_OPTION',
        'archon docs cli --open',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/docs.js')).showDocs));
}
