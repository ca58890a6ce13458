import { metricTitle, type DerivedMetric } from '@archon-dse/core';

/** Columns of what a sweep derives, as Markdown and page show them. */
export const DERIVED_HEADER = ['Metric', 'Formula', 'Unit', 'Description'] as const;

/** A derived metric's cells, under `DERIVED_HEADER`. */
export function derivedRow({ name, formula, unit = '', description = '' }: DerivedMetric): string[] {
  return [metricTitle(name), `${name}: ${formula}`, unit, description];
}
