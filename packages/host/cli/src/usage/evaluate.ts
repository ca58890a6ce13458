import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { EVALUATION_BATCH, examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon evaluate CHECKPOINT`: accuracy on all test images, and what pruning has left. */
export function evaluateCommand(context: Context): Command {
  return new Command('evaluate')
    .description('score a trained network on test images')
    .argument('<checkpoint>', 'a model.safetensors of archon train')
    .option('--data <folder>', 'folder of CIFAR files; 1,000 procedural images unless given')
    .option('--backend <id>', 'what computes', 'auto')
    .option('--batch <n>', 'images at a time', wholeNumber(1), EVALUATION_BATCH)
    .option('--threads <n>', 'threads to compute with', wholeNumber(1), availableParallelism())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon evaluate model.safetensors --data data', 'archon evaluate model.safetensors --json'),
    )
    .action(onDemand(context, async () => (await import('../commands/evaluate.js')).evaluate));
}
