import { Command } from 'commander';
import type { Context } from '../context.js';
import { collectOption, examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon import-network FILE`: what an ONNX file holds, and the file as a list of layers. */
export function importNetworkCommand(context: Context): Command {
  return new Command('import-network')
    .description('read the network of an ONNX file, or of a list of layers in YAML')
    .argument('<file>', 'the file: .onnx, .yaml, .yml or .json')
    .option('--out <file>', 'write the network as a list of layers in YAML')
    .option('--batch <n>', 'images computed at once, those that the file is for unless given', wholeNumber(1))
    .addOption(
      collectOption(
        '--dim <name=size>',
        'size of a dimension that the file leaves open (repeatable)',
        'the first of each input is 1',
      ),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon import-network model.onnx',
        'archon import-network model.onnx --dim height=224 --dim width=224 --out net.yaml',
        'archon simulate --network ./net.yaml --accelerator dense',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/import-network.js')).importNetwork));
}
