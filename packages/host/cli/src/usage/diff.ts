import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon diff A B`: two sweeps, for continuous integration too. */
export function diffCommand(context: Context): Command {
  return new Command('diff')
    .description('compare the fronts of two sweeps, and the points that both have')
    .argument('<a>', 'the folder of the sweep to compare with')
    .argument('<b>', 'the folder of the sweep that should be as good')
    .addOption(
      new Option('--tolerance <share>', 'how much hypervolume B may lack, as a share of that of A')
        .argParser(shareFrom)
        .default(0),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon diff archon-out/before archon-out/after', 'archon diff before after --tolerance 0.01 --json'),
    )
    .action(onDemand(context, async () => (await import('../commands/diff.js')).diff));
}

function shareFrom(text: string): number {
  const share = Number(text);
  if (text.trim() === '' || !(share >= 0 && share < 1))
    throw new InvalidArgumentError('It must be a number from 0 to below 1.');
  return share;
}
