import { Command } from 'commander';
import type { Context } from '../context.js';
import { addTrainingOptions, examples, jsonOption, pluginOption, seedOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon train`: a network through stages that train. */
export function trainCommand(context: Context): Command {
  const command = new Command('train')
    .description('train a network, prune it and predict its ReLUs where asked to')
    .requiredOption('--network <id>', 'the network, e.g. mobilenet-v2')
    .option('--stages <ids>', 'stages in order, separated by commas', 'train')
    .option('--preset <name>', 'recipe of every stage: short, published or published-modified');
  return addTrainingOptions(command)
    .addOption(seedOption())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon train --network mobilenet-v2 --set width=0.25 --set resolution=16 --stages train,prune,predict',
        'archon train --network fusionet --preset published --stages train,prune --data data --out runs',
        'archon train --network mobilenet-v2 --images 1000 --epochs 2 --json',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/train.js')).trainNetwork));
}
