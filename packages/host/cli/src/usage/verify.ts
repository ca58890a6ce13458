import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon verify CHECKPOINT`: fused execution of predicted blocks against their layers. */
export function verifyCommand(context: Context): Command {
  return new Command('verify')
    .description('compare fused blocks with their layers, value by value')
    .argument('<checkpoint>', 'a model.safetensors of archon train, after the stage "predict" unless --oracle')
    .option('--data <folder>', 'folder of CIFAR files; procedural images unless given')
    .option('--images <n>', 'test images to run', wholeNumber(1), 4)
    .option('--oracle', 'masks are the true signs, as of a perfect predictor; for checkpoints without one, too')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon verify model.safetensors --data data --images 10',
        'archon verify pruned.safetensors --oracle --images 1 --json',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/verify.js')).verify));
}
