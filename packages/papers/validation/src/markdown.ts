import { markdownTable } from 'markdown-table';
import { errorText, figureText, percentText } from '@archon-dse/core';
import { type ComparedFigure, type Comparison, errorsOf, relativeError } from './comparison.js';

/** All comparisons as a document, one section each, tables aligned. */
export function formatComparisons(comparisons: readonly Comparison[]): string {
  return [
    '# Validation',
    'The array models against figures that others measured or published, as `archon validate-model --markdown` writes it. Errors are printed as ' +
      'they are. No parameter is fitted to them, but one was chosen with the VGG-16 table in view: that the global buffer of the ' +
      'Eyeriss chip moves 16 bytes of partial sums a cycle. Mappings that were found from measurements have a section of their own.',
    'An error of -10 % means that the model is a tenth too low. Each section says what its agreement shows, and what it does not.',
    ...comparisons.map(formatComparison),
  ].join('\n\n');
}

function formatComparison(comparison: Comparison): string {
  const { title, source, validates, assumptions, layers } = comparison;
  const errors = errorsOf(comparison);
  const head = ['layer', ...errors.flatMap(({ quantity }) => [quantity, 'model', 'error'])];
  const rows = layers.map(({ layer, figures }) => [layer, ...figures.flatMap(formatFigure)]);
  const summary = errors.map(({ quantity, meanAbsoluteError, totalError }) => {
    return `- ${quantity}: mean error of a layer ${percentText(meanAbsoluteError)} without signs, error of the sum ${errorText(totalError)}`;
  });
  return [
    `## ${title}`,
    `Published figures: ${source}.`,
    `What it tests: ${validates}`,
    assumptions.map((assumption) => `- ${assumption}`).join('\n'),
    formatTable(head, rows),
    summary.join('\n'),
  ].join('\n\n');
}

function formatFigure(figure: ComparedFigure): readonly string[] {
  return [figureText(figure.published), figureText(figure.modelled), errorText(relativeError(figure))];
}

/** The first column to the left, all others to the right. */
function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head, ...rows], { align: head.map((_, column) => (column === 0 ? null : 'r')) });
}
