import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { NAMINGS } from '@archon-dse/training/namings';
import type { Context } from '../context.js';
import { examples, jsonOption, pluginOption, setOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon import FILE`: somebody's weights as a checkpoint of ours. */
export function importCommand(context: Context): Command {
  return new Command('import')
    .description('make a checkpoint out of weights in a Keras HDF5 or safetensors file')
    .argument('<file>', 'the file, .h5 or .safetensors')
    .requiredOption('--network <id>', 'the network they belong to, e.g. mobilenet-v2')
    .addOption(setOption('network'))
    .option('--names <how>', `how layers are found: ${NAMINGS.join(', ')} or a YAML file that maps them`, 'auto')
    .option('--data <folder>', 'measure accuracy on this folder of CIFAR files, or on "procedural" images')
    .option('--out <folder>', 'where the folder of the checkpoint goes', join('archon-out', 'train'))
    .option('--threads <n>', 'threads to measure with', wholeNumber(1), availableParallelism())
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon import weights.h5 --network mobilenet-v2 --set variant=modified --data data',
        'archon import weights.h5 --network fusionet --names layers.yaml',
        'archon train --network fusionet --stages import,prune --set import.file=weights.h5',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/import.js')).importCheckpoint));
}
