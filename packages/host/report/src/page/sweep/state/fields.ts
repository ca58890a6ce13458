import { displayUnits, metricTitle } from '@archon-dse/core';
import { valueText } from '../../../option-columns.js';
import { declaredUnit, unitFor } from '../../../units.js';
import type { FilterColumn } from './filter.js';
import type { Point, Report } from './report.js';

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
  /** Texts of a field of few: each once, and of each point which one. */
  readonly coded?: { readonly texts: readonly string[]; readonly codes: Int32Array };
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
    numeric(
      'rank',
      'Rank',
      'rank',
      report.ranks.map((rank) => rank || NaN),
    ),
    ...metrics.slice(0, objectives),
    ...optionFields(report),
    ...metrics.slice(objectives),
    ...(points.every(({ state }) => state === 'feasible') ? [] : [textual('state', 'State', 'state', stateText)]),
    textual('id', 'Id', 'id', (point) => point.id),
  ];
}

function optionFields({ columns, optionCodes }: Report): Field[] {
  return columns.flatMap(({ key, label, values, varies }, i) => {
    if (!varies) return [];
    const codes = optionCodes[i] ?? new Int32Array();
    if (!values.every((value) => typeof value === 'number'))
      return [codedField(key, label, values.map(valueText), codes)];
    return [
      numeric(
        key,
        label,
        'option',
        Float64Array.from(codes, (code) => values[code] ?? NaN),
      ),
    ];
  });
}

/** The last text is that of points without a value. */
function codedField(key: string, title: string, known: readonly string[], found: Int32Array): Field {
  const texts = [...known, '–'];
  const codes = found.map((code) => (code < 0 ? known.length : code));
  const textOf = ({ index }: Point): string => texts[codes[index] ?? -1] ?? '–';
  return { ...textual(key, title, 'option', textOf), coded: { texts, codes } };
}

function metricField({ numbersOf, units, show, summary }: Report, metric: string): Field {
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
    numbers: numbersOf(metric),
    textOf: ({ metrics }) => show(metric, metrics[metric]),
  };
}

function numeric(key: string, title: string, role: FieldRole, numbers: Float64Array): Field {
  const textOf = ({ index }: Point): string => (Number.isNaN(numbers[index] ?? NaN) ? '–' : String(numbers[index]));
  return { key, title, role, column: { kind: 'plain' }, numbers, textOf };
}

function textual(key: string, title: string, role: FieldRole, textOf: (point: Point) => string): Field {
  return { key, title, role, column: { kind: 'text' }, textOf };
}
