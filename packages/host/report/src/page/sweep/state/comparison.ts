import { metricTitle } from '@archon-dse/core';
import { byComponent } from '../../../energy.js';
import { digits, numberIn, unitFor } from '../../../units.js';
import { optionText, type Point, type Report } from './report.js';

/** One line about two points. */
interface ComparedRow {
  readonly name: string;
  readonly one: string;
  readonly other: string;
  /** What the first is of the second, e.g. `0.72 ×`; for shares the difference. */
  readonly ratio: string;
  /** Which is better, where that is defined. */
  readonly better?: 'one' | 'other';
}

export interface Comparison {
  readonly metrics: readonly ComparedRow[];
  readonly components: readonly ComparedRow[];
  /** Options in which they differ. */
  readonly options: readonly ComparedRow[];
}

/** One line about a point and several others. */
export interface ManyRow {
  readonly name: string;
  readonly one: string;
  /** Whether the first is better than each of them, where that is defined. */
  readonly isBest: boolean;
  /** One each, whether it is better than the first. */
  readonly others: readonly { readonly value: string; readonly ratio: string; readonly isBetter: boolean }[];
}

/** A point beside several others: rows of which at least one comparison has something to say. */
export function besideOthers(
  one: Point,
  others: readonly Point[],
  report: Report,
): Readonly<Record<keyof Comparison, readonly ManyRow[]>> {
  const all = others.map((other) => comparePoints(one, other, report));
  return {
    metrics: together(all.map(({ metrics }) => metrics)),
    components: together(all.map(({ components }) => components)),
    options: together(
      all.map(({ options }) => options),
      (name, at) => optionText(others[at] ?? one, report.columns.find(({ label }) => label === name)?.key ?? ''),
    ),
  };
}

/** @param otherwise - what a point has in a row that its own comparison leaves out */
function together(
  comparisons: readonly (readonly ComparedRow[])[],
  otherwise: (name: string, at: number) => string = () => '–',
): readonly ManyRow[] {
  const names = [...new Set(comparisons.flatMap((rows) => rows.map(({ name }) => name)))];
  return names.map((name) => {
    const rows = comparisons.map((all) => all.find((row) => row.name === name));
    return {
      name,
      one: rows.find((row) => row !== undefined)?.one ?? '',
      isBest: rows.every((row) => row?.better === 'one'),
      others: rows.map((row, at) => ({
        value: row?.other ?? otherwise(name, at),
        ratio: row?.ratio ?? '',
        isBetter: row?.better === 'other',
      })),
    };
  });
}

/** Two points side by side: metrics, energy by component, and the options in which they differ. */
export function comparePoints(one: Point, other: Point, report: Report): Comparison {
  return {
    metrics: report.summary.metrics.map((metric) => metricRow(one, other, metric, report)),
    components: componentRows(one, other),
    options: report.columns
      .map(({ key, label }) => ({ name: label, one: optionText(one, key), other: optionText(other, key), ratio: '' }))
      .filter((row) => row.one !== row.other),
  };
}

function metricRow(one: Point, other: Point, metric: string, { summary, show }: Report): ComparedRow {
  const [a, b] = [one.metrics[metric], other.metrics[metric]];
  const direction = summary.objectives.find((objective) => objective.metric === metric)?.direction;
  const isComparable = a !== undefined && b !== undefined && a !== b && direction !== undefined;
  const isLess = (a ?? NaN) < (b ?? NaN);
  return {
    name: metricTitle(metric),
    one: show(metric, a),
    other: show(metric, b),
    ratio: ratioText(a, b),
    ...(isComparable ? { better: isLess === (direction === 'minimize') ? ('one' as const) : ('other' as const) } : {}),
  };
}

function componentRows(one: Point, other: Point): ComparedRow[] {
  const [a, b] = [byComponent(one.energyByName()), byComponent(other.energyByName())];
  const unit = unitFor('energyPj', [...Object.values(a), ...Object.values(b)]);
  const size = (name: string): number => Math.max(a[name] ?? 0, b[name] ?? 0);
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort((x, y) => size(y) - size(x));
  const text = (value: number | undefined): string =>
    value === undefined ? '–' : `${numberIn(unit, value)} ${unit.text}`;
  return names.map((name) => ({ name, one: text(a[name]), other: text(b[name]), ratio: ratioText(a[name], b[name]) }));
}

function ratioText(a: number | undefined, b: number | undefined): string {
  if (a === undefined || b === undefined || b === 0) return '';
  return a === b ? 'equal' : `${digits(Number((a / b).toPrecision(3)))} ×`;
}
