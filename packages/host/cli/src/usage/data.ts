import { Argument, Command } from 'commander';
import { ARCHIVES, OFFICIAL_BASE } from '@archon-dse/data/archives';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon data`: fetches datasets and looks into their folders. */
export function dataCommand(context: Context): Command {
  return new Command('data')
    .description('fetch and check the images that networks are trained on')
    .addCommand(fetchCommand(context))
    .addCommand(infoCommand(context))
    .addHelpText(
      'after',
      examples('archon data fetch cifar10 --dir data', 'archon data info data', 'archon data info data --json'),
    );
}

/** `archon data fetch NAME --dir DIR`. */
function fetchCommand(context: Context): Command {
  return new Command('fetch')
    .description('download a dataset, check its size and SHA-256, and unpack it')
    .addArgument(new Argument('<name>', 'the dataset').choices(Object.keys(ARCHIVES)))
    .requiredOption('--dir <folder>', 'where its folder goes')
    .option('--mirror <url>', 'base URL to fetch from', OFFICIAL_BASE)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon data fetch cifar10 --dir data',
        'archon data fetch cifar100 --dir data --mirror https://mirror.example/cifar/',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/data.js')).fetchData));
}

/** `archon data info DIR`: reads everything, and so checks it. */
function infoCommand(context: Context): Command {
  return new Command('info')
    .description('check a folder of CIFAR files and show what it holds')
    .argument('<folder>', 'the folder, or the one above it that it was fetched into')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon data info data', 'archon data info data --json | jq .splits.train.count'))
    .action(onDemand(context, async () => (await import('../commands/data.js')).showDataFolder));
}
