import { errorsOf, formatComparisons, relativeError, validateModels, type Comparison } from '@archon-dse/validation';
import { errorText, figureText } from '@archon-dse/core';
import type { Context } from '../context.js';
import { formatShare, PAGE_COLUMNS, wrapText } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

interface Flags {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** `archon validate-model`: the models against published figures, errors included. */
export function validateModel(context: Context, flags: Flags): void {
  const comparisons = validateModels();
  if (flags.json)
    context.output.json({ comparisons: comparisons.map((entry) => ({ ...entry, errors: errorsOf(entry) })) });
  else if (flags.markdown) context.output.result(formatComparisons(comparisons));
  else context.output.result(comparisons.map(comparisonText).join('\n\n\n'));
}

/** One quantity a table, so that it fits a page whatever is compared. */
function comparisonText(comparison: Comparison): string {
  const { title, source, validates, assumptions, layers } = comparison;
  const tables = errorsOf(comparison).map(({ quantity, meanAbsoluteError, totalError }, index) => {
    const rows = layers.flatMap(({ layer, figures }) => {
      const figure = figures[index];
      if (figure === undefined) return [];
      return [
        [layer, figureText(figure.published), figureText(figure.modelled), errorText(relativeError(figure), 1, '')],
      ];
    });
    const summary = `mean error of a layer ${formatShare(meanAbsoluteError, 1)} without signs, of the sum ${errorText(totalError, 1, '')}`;
    return [formatTable([quantity, 'published', 'model', 'error'], rows), summary].join('\n');
  });
  const notes = assumptions.map((assumption) => `- ${wrapText(assumption, PAGE_COLUMNS - 2).replaceAll('\n', '\n  ')}`);
  return [title, wrapText(`Published: ${source}.`), wrapText(validates), notes.join('\n'), ...tables].join('\n\n');
}
