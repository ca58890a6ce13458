import { canonicalJson, quote, type JsonValue } from './json.js';
import type { Metric } from './metric.js';

/** A metric that a stage or an accelerator measures. */
export interface MeasuredMetric extends Metric {
  /** Absent where it is always measured. */
  readonly needs?: MetricNeed;
}

/**
 * Without what a metric is not measured, so that points lack it: the name of an option of type text, which then is empty, or an option with
 * the one value that it is measured with.
 */
export type MetricNeed = string | { readonly option: string; readonly is: JsonValue };

/** What a contribution measures, by metric. */
export type MeasuredMetrics = Readonly<Record<string, MeasuredMetric>>;

/** The option that decides whether a metric is measured. */
export function neededOption(need: MetricNeed): string {
  return typeof need === 'string' ? need : need.option;
}

/** Whether a metric is measured with a value of {@link neededOption}. */
export function meetsNeed(need: MetricNeed, value: JsonValue | undefined): boolean {
  if (typeof need === 'string') return value !== '';
  return value !== undefined && canonicalJson(value) === canonicalJson(need.is);
}

/** The need for people: `data`, or `fidelity: "executed"`. */
export function needText(need: MetricNeed): string {
  return typeof need === 'string' ? need : `${need.option}: ${quote(need.is)}`;
}
