import { Command } from 'commander';
import type { Context } from '../context.js';
import { densityFlag, examples, jsonOption, pluginOption, setOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon describe NETWORK`: shapes, parameters and MACs of every layer, and what fusing its blocks saves. */
export function describeCommand(context: Context): Command {
  return new Command('describe')
    .description('layers, shapes, parameters and MACs of a network')
    .argument('<network>', 'id of the network, e.g. mobilenet-v2')
    .addOption(setOption('network'))
    .option(
      '--pointwise-density <d>',
      'density of pointwise weights in the sparse columns',
      densityFlag('--pointwise-density'),
      0.2,
    )
    .option(
      '--depthwise-density <d>',
      'density of depthwise weights in the sparse columns',
      densityFlag('--depthwise-density'),
      0.3,
    )
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon describe mobilenet-v2',
        'archon describe mobilenet-v2 --set variant=modified --set width=0.5',
        'archon describe mobilenet-v2 --json | jq .macs',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/describe.js')).describe));
}
