import { displayUnits, metricTitle } from '@archon-dse/core';
import { declaredUnit, unitFor } from '../../../units.js';
import type { FilterColumn } from './filter.js';
import { optionText, type Point, type Report } from './report.js';

/** What a field says about a point. */
type FieldRole = 'rank' | 'objective' | 'option' | 'metric' | 'state' | 'id';

/** One property of all points, as the table shows it, filters read it and axes are made of it. */
export interface Field {
  /** Name of a metric, path of an option, `rank`, `state` or `id`. */
  readonly key: string;
  readonly title: string;
  readonly role: FieldRole;
  readonly column: FilterColumn;
  /** One a point, NaN where it has none; undefined for a field of texts. */
  readonly numbers?: Float64Array;
  /** What a cell shows. */
  readonly textOf: (point: Point) => string;
}

const STATE_TEXT: Readonly<Record<Point['state'], string>> = {
  feasible: 'feasible',
  screened: 'screened',
  failed: 'failed',
  notFinite: 'no finite objective',
  constraint: 'outside constraints',
};

function stateText({ state, refines }: Point): string {
  return state === 'feasible' && refines !== undefined ? 'refined' : STATE_TEXT[state];
}

/** Rank, objectives, options in which points differ, other metrics, state where it differs, id. */
export function fieldsOf(report: Report): readonly Field[] {
  const { points, summary } = report;
  const metrics = summary.metrics.map((metric) => metricField(report, metric));
  const objectives = summary.objectives.length;
  return [
    numeric('rank', 'Rank', 'rank', points, (point) => point.rank),
    ...metrics.slice(0, objectives),
    ...optionFields(report),
    ...metrics.slice(objectives),
    ...(points.every(({ state }) => state === 'feasible') ? [] : [textual('state', 'State', 'state', stateText)]),
    textual('id', 'Id', 'id', (point) => point.id),
  ];
}

function optionFields({ columns, points }: Report): Field[] {
  return columns
    .filter(({ varies }) => varies)
    .map(({ key, label, values }) =>
      values.every((value) => typeof value === 'number')
        ? numeric(key, label, 'option', points, ({ options }) => options[key] as number | undefined)
        : textual(key, label, 'option', (point) => optionText(point, key)),
    );
}

function metricField({ points, units, show, summary }: Report, metric: string): Field {
  const isObjective = summary.objectives.some((objective) => objective.metric === metric);
  return {
    key: metric,
    title: metricTitle(metric),
    role: isObjective ? 'objective' : 'metric',
    column: {
      kind: 'metric',
      units: displayUnits(metric, declaredUnit(metric, summary.derived)),
      unit: units.get(metric) ?? unitFor(metric, []),
    },
    numbers: Float64Array.from(points, ({ metrics }) => metrics[metric] ?? NaN),
    textOf: ({ metrics }) => show(metric, metrics[metric]),
  };
}

function numeric(
  key: string,
  title: string,
  role: FieldRole,
  points: readonly Point[],
  valueOf: (point: Point) => number | undefined,
): Field {
  const textOf = (point: Point): string => String(valueOf(point) ?? '–');
  const numbers = Float64Array.from(points, (point) => valueOf(point) ?? NaN);
  return { key, title, role, column: { kind: 'plain' }, numbers, textOf };
}

function textual(key: string, title: string, role: FieldRole, textOf: (point: Point) => string): Field {
  return { key, title, role, column: { kind: 'text' }, textOf };
}
