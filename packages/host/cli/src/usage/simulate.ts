import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, inspectOption, jsonOption, pluginOption, seedOption, setOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon simulate`: one network on one accelerator, layer by layer. */
export function simulateCommand(context: Context): Command {
  return new Command('simulate')
    .description('run one network on one accelerator model')
    .option('--network <id>', 'the network, e.g. mobilenet-v2')
    .requiredOption('--accelerator <id>', 'the accelerator, e.g. dense')
    .option('--checkpoint <file>', 'a trained network instead: a model.safetensors of archon train')
    .option('--data <folder>', 'CIFAR files for an accelerator that executes images; procedural ones unless given')
    .addOption(setOption('network or the accelerator'))
    .option('--layer <name>', 'show this layer only, with its mapping drawn as a loop nest')
    .addOption(seedOption())
    .addOption(pluginOption())
    .addOption(inspectOption(''))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon simulate --network mobilenet-v2 --accelerator dense',
        'archon simulate --network mobilenet-v2 --accelerator dense --layer b1.expand',
        'archon simulate --network mobilenet-v2 --accelerator dense --set width=0.5 --set glbKib=64',
        'archon simulate --network mobilenet-v2 --accelerator dense --set accelerator.meshX=16 --json',
        'archon simulate --checkpoint model.safetensors --data data --accelerator archon --set fidelity=executed',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/simulate.js')).simulate));
}
