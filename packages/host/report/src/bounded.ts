import type { OptionValueSummary, ReasonSummary, ReportModel } from './report-model.js';
import { countText } from './units.js';

/** The most values of an option, and the most reasons, that a report lists. */
export const MOST_LISTED = 500;

/** The values of an option that say most: those with most points on the fronts, then with most feasible ones; in their own order. */
export function boundedValues(
  all: readonly OptionValueSummary[],
): Pick<ReportModel['options'][number], 'values' | 'omitted'> {
  if (all.length <= MOST_LISTED) return { values: all };
  const ranked = [...all.keys()].sort((a, b) => {
    const [one, other] = [all[a], all[b]];
    return (other?.front ?? 0) - (one?.front ?? 0) || (other?.feasible ?? 0) - (one?.feasible ?? 0) || a - b;
  });
  const kept = new Set(ranked.slice(0, MOST_LISTED));
  return { values: all.filter((_, at) => kept.has(at)), omitted: all.length - MOST_LISTED };
}

/** @param all - those of most points first */
export function boundedReasons(all: readonly ReasonSummary[]): Pick<ReportModel, 'reasons' | 'omittedReasons'> {
  const left = all.slice(MOST_LISTED);
  if (left.length === 0) return { reasons: all };
  const points = left.reduce((sum, reason) => sum + reason.points, 0);
  return { reasons: all.slice(0, MOST_LISTED), omittedReasons: { reasons: left.length, points } };
}

/** Of options with more values than are listed, how many more; nothing where all are. */
export function omittedValuesText(options: ReportModel['options']): string {
  const texts = options.flatMap(({ label, omitted }) =>
    omitted === undefined ? [] : [`${countText(omitted)} of ${label}`],
  );
  return texts.length === 0 ? '' : `Not listed: values with fewest points on the fronts, ${texts.join(', ')}.`;
}

/** The same of reasons. */
export function omittedReasonsText({ omittedReasons }: Pick<ReportModel, 'omittedReasons'>): string {
  if (omittedReasons === undefined) return '';
  const { reasons, points } = omittedReasons;
  const of = (count: number, what: string): string => `${countText(count)} ${what}${count === 1 ? '' : 's'}`;
  return `Not listed: ${of(reasons, 'more reason')}, of ${of(points, 'point')}; the records of the points have them.`;
}
