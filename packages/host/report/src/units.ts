import { displayUnits, percentText, type DerivedMetric, type DisplayUnit } from '@archon-dse/core';

/** Numbers for people. Pure and shared with the page. */

/** Numbers from here on go to the next larger unit: `0.4136 mm²` rather than `413,600 µm²`. */
const LARGEST_SHOWN = 1e4;

/** The one unit in which all values are read easily: that of the smallest, unless the largest gets five digits in it. */
export function unitFor(
  metric: string,
  values: Iterable<number | undefined>,
  derived?: readonly DerivedMetric[],
): DisplayUnit {
  const units = displayUnits(metric, declaredUnit(metric, derived));
  let [smallest, largest] = [Infinity, 0];
  for (const value of values) {
    const size = Math.abs(value ?? 0);
    if (size === 0 || !Number.isFinite(size)) continue;
    smallest = Math.min(smallest, size);
    largest = Math.max(largest, size);
  }
  const fitting = units.filter(({ factor }) => factor <= smallest && smallest < Infinity).length;
  const first = Math.max(0, fitting - 1);
  const chosen = units.slice(first).find(({ factor }) => largest / factor < LARGEST_SHOWN);
  return chosen ?? units.at(-1) ?? { factor: 1, text: '' };
}

/** A number of points: `100,000`. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

/** The unit that a sweep gives a metric it derives. */
export function declaredUnit(metric: string, derived: readonly DerivedMetric[] = []): string | undefined {
  return derived.find(({ name }) => name === metric)?.unit;
}

/** The one unit of each metric over all points, for columns and axes. */
export function unitsOver(
  metrics: readonly string[],
  valuesOf: (metric: string) => Iterable<number | undefined>,
  derived?: readonly DerivedMetric[],
): ReadonlyMap<string, DisplayUnit> {
  return new Map(metrics.map((metric) => [metric, unitFor(metric, valuesOf(metric), derived)]));
}

/** Significant digits of a shown number. */
export const SHOWN_DIGITS = 4;

/** A value in a given unit, e.g. `486.6 µJ`; a dash where there is no number. */
export function formatIn({ factor, text }: DisplayUnit, value: number | null | undefined): string {
  return `${numberIn({ factor, text }, value)} ${isShown(value) ? text : ''}`.trimEnd();
}

/** The same where the unit stands elsewhere. */
export function numberIn({ factor }: DisplayUnit, value: number | null | undefined): string {
  return isShown(value) ? digits(value / factor) : '–';
}

/** A metric's value by itself, in the unit that suits it: `1.234 mJ`, `12.3 M`, `87.1 %`. */
export function formatMetric(
  metric: string,
  value: number | null | undefined,
  derived?: readonly DerivedMetric[],
): string {
  return formatIn(unitFor(metric, isShown(value) ? [value] : [], derived), value);
}

/** Four significant digits, no trailing zeros, thousands parted, no exponent between 1e-4 and 1e6; a dash for what is no number. */
export function digits(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  const rounded = Number(value.toPrecision(SHOWN_DIGITS));
  const size = Math.abs(rounded);
  if (size >= 1e6 || (size !== 0 && size < 1e-4)) {
    const [mantissa = '', exponent = ''] = rounded.toExponential().split('e');
    return `${mantissa}e${exponent.replace('+', '')}`;
  }
  return size >= 1e4 ? groupThousands(String(rounded)) : String(rounded);
}

function groupThousands(text: string): string {
  const [whole = '', ...rest] = text.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/** A share from 0 to 1 in percent, three digits; small ones are not zero. */
export function shareText(share: number): string {
  if (!Number.isFinite(share)) return '–';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  return percentText(share);
}

/** A relative change in percent, three digits: `+14.1 %`, `-2 %`, `same`. */
export function changeText(change: number | undefined): string {
  if (change === undefined || !Number.isFinite(change)) return '–';
  if (change === 0) return 'same';
  const size = Math.abs(change) < 0.0005 ? '< 0.1 %' : `${digits(Number((100 * Math.abs(change)).toPrecision(3)))} %`;
  return `${change > 0 ? '+' : '-'}${size}`;
}

function isShown(value: number | null | undefined): value is number {
  return value !== undefined && value !== null && !Number.isNaN(value);
}
