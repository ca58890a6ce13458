import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon validate-model`: the models against published figures, errors included. */
export function validateModelCommand(context: Context): Command {
  return new Command('validate-model')
    .description('compare the models with published figures, layer by layer')
    .option('--markdown', 'write it as docs/validation.md')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon validate-model', 'archon validate-model --json | jq ".comparisons[].title"'))
    .action(onDemand(context, async () => (await import('../commands/validate-model.js')).validateModel));
}
