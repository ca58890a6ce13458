import { isSetting } from '../../../refinement.js';
import type { Report } from './report.js';

/** How much of a metric's variation an option explains by itself. */
export interface Importance {
  readonly key: string;
  readonly label: string;
  /** Share of the variance, 0 to 1, one a metric; absent where the metric does not vary. */
  readonly shares: Readonly<Record<string, number>>;
}

/**
 * Main effects: of all points with a value of the metric, the variance of the means of the points that share a value of the option,
 * weighted by their number, over the variance of all. In a full grid the shares of all options and what remains, their interactions,
 * add up to one. Points without the option share the value "absent". The largest first.
 *
 * @source Fisher's analysis of variance (eta squared); for hyper-parameters: Hutter, Hoos, Leyton-Brown, "An Efficient Approach
 *   for Assessing Hyperparameter Importance", ICML 2014 (fANOVA, of which these are the main effects on the evaluated points)
 */
export function importances(report: Report, metrics: readonly string[]): readonly Importance[] {
  const members = firstStep(report);
  const rows = report.columns.flatMap(({ key, label, values, varies }, column) => {
    if (!varies || isSetting(report.summary.refinement, key)) return [];
    const codes = report.optionCodes[column] ?? new Int32Array();
    const shares = metrics.flatMap((metric): [string, number][] => {
      const share = mainEffect(report.numbersOf(metric), members, codes, values.length);
      return share === undefined ? [] : [[metric, share]];
    });
    return [{ key, label, shares: Object.fromEntries(shares) }];
  });
  const most = ({ shares }: Importance): number => Math.max(0, ...Object.values(shares));
  return rows.sort((a, b) => most(b) - most(a));
}

/** Places of the feasible points of one step, which alone compare: of two the first, which has them all. */
function firstStep({ points }: Report): readonly number[] {
  return points.flatMap((point) => {
    const { index, state, refines } = point;
    const isConfirmed = refines !== undefined && refines !== point.id;
    return state === 'screened' || (state === 'feasible' && !isConfirmed) ? [index] : [];
  });
}

/** @param codes - value of the option of each point, of so many values; -1 without one */
function mainEffect(
  numbers: Float64Array,
  places: readonly number[],
  codes: Int32Array,
  values: number,
): number | undefined {
  const members = places.filter((at) => !Number.isNaN(numbers[at] ?? NaN));
  if (members.length < 2) return undefined;
  const valueAt = (at: number): number => numbers[at] ?? NaN;
  const mean = members.reduce((sum, at) => sum + valueAt(at) / members.length, 0);
  const total = members.reduce((sum, at) => sum + (valueAt(at) - mean) ** 2, 0);
  const scale = members.reduce((most, at) => Math.max(most, Math.abs(valueAt(at))), 0);
  if (total <= members.length * (scale * 1e-12) ** 2) return undefined;
  const counts = new Float64Array(values + 1);
  const sums = new Float64Array(values + 1);
  for (const at of members) {
    const level = (codes[at] ?? -1) + 1;
    counts[level] = (counts[level] ?? 0) + 1;
    sums[level] = (sums[level] ?? 0) + (valueAt(at) - mean);
  }
  const between = sums.reduce((all, sum, level) => all + (counts[level] ? sum ** 2 / counts[level] : 0), 0);
  return Math.min(1, between / total);
}
