import { metricTitle, type DerivedMetric } from '@archon-dse/core';
import type { ConstraintSummary, Counts, MeasuredVolume, ReasonSummary, ReportModel } from './report-model.js';
import { changeText, countText, digits, formatMetric, shareText } from './units.js';

/** Sentences that the terminal, the page and the Markdown share. Labels and numbers come from the caller, who knows his units. */

export interface Words {
  readonly labelOf: (id: string) => string;
  readonly metricName: (metric: string) => string;
  readonly format: (metric: string, value: number) => string;
  /** Signs of a lower and an upper bound. */
  readonly signs: readonly [min: string, max: string];
}

/** The words of reports: metrics as titles, values with units. */
export function reportWords(
  points: readonly { readonly id: string; readonly label: string }[],
  derived?: readonly DerivedMetric[],
): Words {
  let byId: ReadonlyMap<string, { readonly label: string }> | undefined;
  return {
    labelOf: (id) => (byId ??= new Map(points.map((point) => [point.id, point]))).get(id)?.label ?? id,
    metricName: (metric) => metricTitle(metric).toLowerCase(),
    format: (metric, value) => formatMetric(metric, value, derived),
    signs: ['≥', '≤'],
  };
}

/** `45.3 %`, or `≈ 45.3 %` where it is an estimate. */
export function volumeText({ normalized, estimate }: MeasuredVolume): string {
  return `${estimate === undefined ? '' : '≈ '}${shareText(normalized)}`;
}

/** How an estimated hypervolume was found; empty for an exact one. */
export function estimateText({ estimate }: MeasuredVolume): string {
  if (estimate === undefined) return '';
  const { standardError, samples } = estimate;
  return `estimated with ${samples} random points, standard error ${digits(Number((100 * standardError).toPrecision(2)))} %`;
}

/** Whether a report lacks points of its sweep, or all that its front is to be made of. */
export function isPartial(counts: Counts): boolean {
  return counts.points < counts.total || provisional(counts) !== undefined;
}

interface Provisional {
  readonly mark: string;
  readonly notice: string;
  /** What another run brings. */
  readonly next?: string;
}

const FIRST_STEP: Provisional = {
  mark: 'first step only',
  notice: 'No point is refined yet: fronts and best values are those of the first step.',
  next: 'Run the sweep again for the second.',
};
const LESS_EFFORT: Provisional = {
  mark: 'no point with full effort',
  notice: 'No point got all of the effort: fronts and best values are of points that got less.',
};

/** What the front is made of instead, where there are points to choose from and none of those it is to be made of. */
function provisional({ refined, fullEffort, feasible }: Counts): Provisional | undefined {
  if (feasible === 0) return undefined;
  if (refined === 0) return FIRST_STEP;
  return fullEffort === 0 ? LESS_EFFORT : undefined;
}

/** `200 of 648 points`, `first step only`, or nothing when all are there. For titles. */
export function partialMark(counts: Counts): string {
  if (counts.points < counts.total) return `${countText(counts.points)} of ${countText(counts.total)} points`;
  return provisional(counts)?.mark ?? '';
}

/** What a report of some points must say first; nothing when all are there. */
export function partialNotice(counts: Counts): string {
  const { notice = '', next = '' } = provisional(counts) ?? {};
  if (counts.points >= counts.total) return [notice, next].filter(Boolean).join(' ');
  const missing = counts.total - counts.points;
  return [
    `This covers ${partialMark(counts)} of the sweep: ${missing === 1 ? 'one is' : `${countText(missing)} are`} not evaluated yet,`,
    'so fronts and best values may change. Run the sweep again, without --limit, for the rest.',
    ...(notice === '' ? [] : [notice]),
  ].join(' ');
}

/** How far the second step moves each objective, from the least change to the greatest: `Cycles -1.2 % to +14.1 %`. */
export function changesText({ objectives, refinement }: Pick<ReportModel, 'objectives' | 'refinement'>, words: Words) {
  return objectives
    .flatMap(({ metric }) => {
      const found = (refinement?.pairs ?? []).flatMap(({ change }) => change[metric] ?? []);
      if (found.length === 0) return [];
      const [least, most] = [Math.min(...found), Math.max(...found)].map(changeText);
      return [`${words.metricName(metric)} ${least === most ? least : `${least} to ${most}`}`];
    })
    .join(', ');
}

/** `cycles <= 1,000` */
export function boundsText(
  { metric, min, max }: ConstraintSummary | ReportModel['constraints'][number],
  words: Words,
): string {
  const sides = [
    ...(min === undefined ? [] : [`${words.signs[0]} ${words.format(metric, min)}`]),
    ...(max === undefined ? [] : [`${words.signs[1]} ${words.format(metric, max)}`]),
  ];
  return `${words.metricName(metric)} ${sides.join(' and ')}`;
}

/** `cycles <= 1,000: 0 of 72 points; the lowest is 718,116 (dense, meshX 8)` */
export function constraintText(constraint: ConstraintSummary, words: Words): string {
  const { metric, min, max, points, kept, nearest } = constraint;
  const extreme = min === undefined ? 'lowest' : max === undefined ? 'highest' : 'nearest';
  const reached =
    nearest === undefined
      ? ''
      : `; the ${extreme} is ${words.format(metric, nearest.value)} (${words.labelOf(nearest.id)})`;
  return `${boundsText(constraint, words)}: ${kept} of ${points} points${reached}`;
}

/** What happened to how many points, and one of them: `2 points failed, e.g. meshX 8` */
export function reasonHead({ state, points, example }: ReasonSummary, { labelOf }: Words): string {
  const what = state === 'failed' ? 'failed' : points === 1 ? 'has no finite objective' : 'have no finite objective';
  return `${points} ${points === 1 ? 'point' : 'points'} ${what}, e.g. ${labelOf(example)}`;
}

/** Where a reason comes from: `plugin x, layer y`; empty when nobody is named. */
export function reasonOrigin({ plugin, layer }: ReasonSummary): string {
  return [plugin && `plugin ${plugin}`, layer && `layer ${layer}`].filter(Boolean).join(', ');
}

/** Why a report has no front, in one sentence; its constraints and reasons say more. */
export function noFrontText({ counts, constraints }: Pick<ReportModel, 'counts' | 'constraints'>): string {
  const { points, failed, notFinite, constraint } = counts;
  if (points === 0) return 'No point is evaluated yet.';
  const causes = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(notFinite > 0 ? [`${notFinite} without finite objectives`] : []),
    ...(constraint > 0
      ? [`${constraint} outside ${constraints.length === 1 ? 'the constraint' : 'the constraints'}`]
      : []),
  ];
  return `No point is feasible: ${causes.join(', ')}.`;
}
