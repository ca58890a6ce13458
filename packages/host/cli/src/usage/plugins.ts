import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, pluginOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon plugins`: what is loaded, with every option. */
export function pluginsCommand(context: Context): Command {
  return new Command('plugins')
    .description('loaded plugins, their networks, stages and accelerators, and all options')
    .argument('[name]', 'only this plugin, network, stage or accelerator')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'archon plugins',
        'archon plugins mobilenet-v2',
        'archon plugins --plugin ./my-plugin',
        'archon plugins --json',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/plugins.js')).showPlugins));
}
