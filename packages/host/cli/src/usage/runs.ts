import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon runs [DIR]`: what was trained, and `archon runs show CHECKPOINT`: one of them. */
export function runsCommand(context: Context): Command {
  return new Command('runs')
    .description('list the models that were trained, pruned or imported')
    .argument('[folder]', 'where checkpoints are; archon-out/train and the cache unless given')
    .addOption(jsonOption())
    .enablePositionalOptions()
    .addCommand(showCommand(context))
    .addHelpText(
      'after',
      examples(
        'archon runs',
        'archon runs runs/first --json',
        'archon runs show archon-out/train/train-0123456789abcdef',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/runs.js')).showRuns));
}

/** `archon runs show CHECKPOINT`. */
function showCommand(context: Context): Command {
  return new Command('show')
    .description('show one run: its history, epoch by epoch, and the density of each layer')
    .argument('<checkpoint>', 'a checkpoint, or the folder of a run')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon runs show archon-out/train/train-0123456789abcdef', 'archon runs show model.safetensors --json'),
    )
    .action(onDemand(context, async () => (await import('../commands/runs.js')).showRun));
}
