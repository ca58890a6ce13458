import { Command } from 'commander';
import type { Context } from '../context.js';
import { bytesFlag, hoursFlag } from '../options/amounts.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon cache list`, `explain` and `prune`: what sweeps and trainings keep for later ones. */
export function cacheCommand(context: Context): Command {
  return new Command('cache')
    .description('list, explain or prune what sweeps and trainings keep for later ones')
    .addHelpText(
      'after',
      examples('archon cache list', 'archon cache explain my.yaml', 'archon cache prune --max-bytes 500MB --yes'),
    ) // prettier-ignore
    .addCommand(listCommand(context))
    .addCommand(explainCommand(context))
    .addCommand(pruneCommand(context));
}

function listCommand(context: Context): Command {
  return new Command('list')
    .description('list layer results and checkpoints: how large they are and when they were last of use')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon cache list', 'archon cache list --json'))
    .action(onDemand(context, async () => (await import('../commands/cache.js')).listCache));
}

function explainCommand(context: Context): Command {
  return new Command('explain')
    .description('say what layer results depend on, and which of them a sweep can use')
    .argument('[sweep]', 'a sweep, a YAML file; everything in the cache unless given')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon cache explain', 'archon cache explain my.yaml'))
    .action(onDemand(context, async () => (await import('../commands/cache.js')).explainCache));
}

function pruneCommand(context: Context): Command {
  return new Command('prune')
    .description('delete what was used longest ago; without --yes it only shows what that would be')
    .option('--max-bytes <bytes>', 'keep so much, e.g. 500MB or 2GB', bytesFlag)
    .option('--older-than <time>', 'delete what was last used so long ago, e.g. 12h, 30d or 8w', hoursFlag)
    .option('--checkpoints', 'of the checkpoints of trainings too, which take longest to compute again')
    .option('--yes', 'delete it')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon cache prune --older-than 30d', 'archon cache prune --max-bytes 500MB --yes')) // prettier-ignore
    .action(onDemand(context, async () => (await import('../commands/cache.js')).pruneCache));
}
