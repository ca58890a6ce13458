import { errorsOf, formatComparisons, validateModels } from '@archon-dse/validation';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../flags.js';

/** `archon validate-model`: the models against published figures, errors included. */
export function validateModelCommand(context: Context): Command {
  return new Command('validate-model')
    .description('compare the models with published figures, layer by layer')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon validate-model', 'archon validate-model --json | jq ".comparisons[].title"'))
    .action((flags: { readonly json?: boolean }) => {
      const comparisons = validateModels();
      if (!flags.json) context.output.result(formatComparisons(comparisons));
      else context.output.json({ comparisons: comparisons.map((entry) => ({ ...entry, errors: errorsOf(entry) })) });
    });
}
