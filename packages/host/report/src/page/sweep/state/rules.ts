import { metricTitle, notCostedText, type TrainingBudget } from '@archon-dse/core';
import { budgetText } from '../../../budget-table.js';
import { estimateText } from '../../../explain.js';
import { countText, formatMetric } from '../../../units.js';
import type { Report } from './report.js';

/** By which rules the fronts are drawn, in sentences. */
export function rulesOf({ summary, points }: Report): readonly string[] {
  const { provenance, volume, references } = summary;
  const without = points.filter((point) => point.state !== 'failed' && !point.hasLayers).length;
  const withoutPictures = points.filter((point) => point.withoutPictures).length;
  return [
    ...trainingRules(points, provenance.budgets),
    ...provenance.notCosted.map(
      (counts) =>
        `Cycles and energies are without what is no multiply-accumulate and the accelerator does not cost: ${notCostedText(counts)}.`,
    ),
    ...(references.length === 0
      ? []
      : ['References were published elsewhere: they are on no front, and nothing here was measured to be them.']),
    'A point is on the front of its group when no other feasible point of the group is at least as good in every objective and better in one; equal points are all on it.',
    ...(volume === undefined
      ? []
      : [
          `Hypervolume is the volume the front dominates up to the reference, which lies a tenth of each objective's range outside the worst feasible value: ${corner(volume.reference, summary)}. The percentage is its share of the box from there to the best values: ${corner(volume.ideal, summary)}.${estimateRule(volume)}`,
        ]),
    ...(summary.counts.refined
      ? [
          'Fronts, hypervolumes, knees and best values are of refined points; main effects of options are of screened ones, which have them all.',
        ]
      : []),
    'The knee is the front point furthest from the line (plane) through the extremes, on the side of the best values, after scaling each objective over the front.',
    ...(withoutPictures === 0
      ? []
      : [
          `${countText(withoutPictures)} executed points are shown without their histograms and maps to keep this page small; the journal has them.`,
        ]),
    ...(without === 0
      ? []
      : [`${countText(without)} points are shown without their layers to keep this page small; the journal has them.`]),
  ];
}

/** Which training is behind the accuracies, and how many have none on record. */
function trainingRules(points: Report['points'], budgets: readonly TrainingBudget[]): string[] {
  const tests = [...new Set(budgets.map(({ testImages }) => testImages))].join(' or ');
  const unknown = points.filter((point) => point.metrics['accuracy'] !== undefined && point.budgets.length === 0);
  return [
    ...(budgets.length === 0
      ? []
      : [
          `Accuracy is measured on ${tests} test images after training of this budget. ${budgets.map((budget) => `${budget.stage}: ${budgetText(budget)}`).join('. ')}.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [`${countText(unknown.length)} points have an accuracy without a record of what they were trained with.`]),
  ];
}

function estimateRule(volume: NonNullable<Report['summary']['volume']>): string {
  const text = estimateText(volume);
  return text === '' ? '' : ` The exact one would have taken too long: it is ${text}.`;
}

function corner(values: Readonly<Record<string, number>>, { objectives, derived }: Report['summary']): string {
  return objectives
    .map(({ metric }) => `${metricTitle(metric).toLowerCase()} ${formatMetric(metric, values[metric], derived)}`)
    .join(', ');
}
