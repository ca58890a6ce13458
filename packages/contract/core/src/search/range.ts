import type { JsonValue } from '../json.js';

/** The values of an axis that is not listed: `from`, then so many more, each by a step or a factor above the one before. Plain data. */
export type AxisRange = { readonly from: number; readonly count: number } & (
  { readonly step: number } | { readonly factor: number }
);

/** The values of an axis: all of them, or the range they come from. */
export type AxisValues = readonly JsonValue[] | AxisRange;

export function isRange(values: AxisValues): values is AxisRange {
  return !Array.isArray(values);
}

/** How many values an axis has. */
export function valueCount(values: AxisValues): number {
  return isRange(values) ? values.count : values.length;
}

/** One value of an axis by its place among them, counted from 0. */
export function axisValue(values: AxisValues, index: number): JsonValue {
  return isRange(values) ? rangeValue(values, index) : (values[index] ?? null);
}

/** The values of an axis one by one, the first so many. */
export function listValues(values: AxisValues, most = Infinity): readonly JsonValue[] {
  if (!isRange(values)) return values.slice(0, most);
  return Array.from({ length: Math.min(values.count, most) }, (_, index) => rangeValue(values, index));
}

/** The place of a value on an axis of numbers; -1 where it is none of them. */
export function indexInRange(range: AxisRange, value: number): number {
  const steps =
    'step' in range ? (value - range.from) / range.step : Math.log(value / range.from) / Math.log(range.factor);
  const index = Math.round(steps);
  return index >= 0 && index < range.count && rangeValue(range, index) === value ? index : -1;
}

/**
 * How many values a range has up to and including `to`; at most one more than `most`.
 *
 * @param range - the first value, and a step > 0 or a factor > 1 with a first value > 0
 */
export function countUpTo(
  range: { readonly from: number } & ({ readonly step: number } | { readonly factor: number }),
  to: number,
  most: number,
): number {
  const endless = { ...range, count: Infinity } as AxisRange;
  const steps = 'step' in range ? (to - range.from) / range.step : Math.log(to / range.from) / Math.log(range.factor);
  let count = Math.max(0, Math.min(most, Math.floor(steps) - 1)); // then by the values themselves, past the rounding of the logarithm
  while (count <= most && rangeValue(endless, count) <= to) count += 1;
  return count;
}

/** A value of a range: steps are added in decimal arithmetic, and what repeated multiplication adds in the last digits is dropped. */
function rangeValue(range: AxisRange, index: number): number {
  return 'step' in range ? decimalSum(range.from, range.step, index) : roundOff(range.from * range.factor ** index);
}

/** Whole numbers are exact already. */
function roundOff(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15));
}

/** `from + index * step` as it is written in decimal: 0.1, 0.2, 0.3 and never 0.30000000000000004. */
function decimalSum(from: number, step: number, index: number): number {
  const whole = from + index * step;
  if (Number.isSafeInteger(from) && Number.isSafeInteger(step) && Number.isSafeInteger(whole)) return whole;
  const parts = [toDecimal(from), toDecimal(step)];
  const places = Math.max(...parts.map((part) => part.places));
  const [start = 0n, width = 0n] = parts.map((part) => part.digits * 10n ** BigInt(places - part.places));
  return Number(`${String(start + BigInt(index) * width)}e-${String(places)}`);
}

/** A finite number as `digits` x 10^-`places`, exactly as it is written in decimal. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function toDecimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}
