import { Argument, Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, rulesOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon reproduce PUBLICATION`: published tables computed again and compared cell by cell. */
export function reproduceCommand(context: Context): Command {
  return new Command('reproduce')
    .description('compute the tables of a publication and compare them cell by cell')
    .addArgument(new Argument('<publication>', 'the publication').choices(['ics21']))
    .option('--network <name>', 'only this network: mobilenet-v2, mnasnet, shufflenet or fusionet')
    .option('--dataset <name>', 'only this dataset: cifar10 or cifar100')
    .addOption(rulesOption())
    .option('--out <folder>', 'also write paper.html and paper.json there')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon reproduce ics21 --out archon-out/ics21',
        'archon reproduce ics21 --network mnasnet --rules skippedMainBlocks=corrected',
        'archon reproduce ics21 --rules all=corrected --json | jq .totals',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/reproduce.js')).reproduce));
}
