import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, pluginOption, seedOption, setOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon explain`: why a network takes what it takes on an accelerator. */
export function explainCommand(context: Context): Command {
  return new Command('explain')
    .description('why a network takes what it takes on an accelerator, or why it cannot run')
    .argument('[folder]', 'the folder of a sweep, for one of its points')
    .option('--point <id>', 'the point of that sweep: its id, or how it begins')
    .option('--network <id>', 'the network, e.g. mobilenet-v2')
    .option('--accelerator <id>', 'the accelerator, e.g. dense')
    .option('--checkpoint <file>', 'a trained network instead: a model.safetensors of archon train')
    .option('--data <folder>', 'CIFAR files for an accelerator that executes images; procedural ones unless given')
    .addOption(setOption('network or the accelerator'))
    .option('--layer <name>', 'everything about this layer, with its mapping drawn as a loop nest')
    .addOption(seedOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon explain --network mobilenet-v2 --accelerator dense',
        'archon explain --network mobilenet-v2 --accelerator dense --layer b1.expand',
        'archon explain --network mobilenet-v2 --accelerator dense --set ifmapSpadWords=2',
        'archon explain --network mobilenet-v2 --accelerator dense --set glbKib=16 --json',
        'archon explain archon-out/quickstart --point 1f0c --layer b1.expand',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/explain.js')).explain));
}
