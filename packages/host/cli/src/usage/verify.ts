import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon verify CHECKPOINT`: fused execution of predicted blocks against their layers. */
export function verifyCommand(context: Context): Command {
  return new Command('verify')
    .description('compare fused blocks with their layers, value by value')
    .argument('<checkpoint>', 'a model.safetensors of archon train after the stage "predict"')
    .option('--data <folder>', 'folder of CIFAR files; procedural images unless given')
    .option('--images <n>', 'test images to run', wholeNumber(1), 4)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon verify model.safetensors --data data --images 10',
        'archon verify model.safetensors --images 1 --json',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/verify.js')).verify));
}
