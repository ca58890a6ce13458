import { errorsOf, formatComparisons, validateModels } from '@archon-dse/validation';
import type { Context } from '../context.js';

/** `archon validate-model`: the models against published figures, errors included. */
export function validateModel(context: Context, flags: { readonly json?: boolean }): void {
  const comparisons = validateModels();
  if (!flags.json) context.output.result(formatComparisons(comparisons));
  else context.output.json({ comparisons: comparisons.map((entry) => ({ ...entry, errors: errorsOf(entry) })) });
}
