import { isSetting } from '../../../refinement.js';
import { isOption, valueText } from '../../../option-columns.js';
import { numberIn, unitFor } from '../../../units.js';
import { spansDecades } from './default-axes.js';
import type { Field } from './fields.js';
import type { Brushable, Interval } from './passing.js';
import type { Report } from './report.js';

/** One axis of the parallel coordinates: options by their values in even steps, objectives to scale. */
export interface ParallelAxis extends Brushable {
  readonly title: string;
  /** Place of each point from 0 at the bottom to 1 at the top; a little below 0 for what a logarithmic axis has no place for. */
  readonly places: Float64Array;
  readonly ticks: readonly Tick[];
  /** Points at or below 0 on a logarithmic axis. */
  readonly below: number;
  /** The value at a place. */
  readonly valueAt: (place: number) => number;
  readonly placeOf: (value: number) => number;
  /** How far the arrow keys move, as a part of the axis. */
  readonly step: number;
  /** What an interval says. */
  readonly textOf: (interval: Interval) => string;
}

interface Tick {
  readonly place: number;
  readonly text: string;
  /** All of a name of which the text is a part. */
  readonly whole?: string;
}

/** Place of values at or below 0 on a logarithmic axis: under its foot. */
const BELOW = -0.07;
/** Most ticks that stand apart on an axis. */
const MOST_TICKS = 12;

/** Axes of the options in which points differ, but for those a second step sets, then of the objectives. */
export function parallelAxes(report: Report, fields: readonly Field[]): readonly ParallelAxis[] {
  return [
    ...fields
      .filter(({ role, key }) => role === 'option' && !isSetting(report.summary.refinement, key))
      .map((field) => categoryAxis(field, report)),
    ...fields.filter(({ role }) => role === 'objective').map((field) => valueAxis(field, report)),
  ];
}

function categoryAxis(field: Field, { optionCodes, columns }: Report): ParallelAxis {
  const column = columns.findIndex(({ key }) => key === field.key);
  const known = (columns[column]?.values ?? []).map(valueText);
  const codes = optionCodes[column] ?? new Int32Array();
  const isAbsent = codes.includes(-1);
  const categories = isAbsent ? ['–', ...known] : known;
  const positions = Float64Array.from(codes, (code) => code + (isAbsent ? 1 : 0));
  const last = Math.max(1, categories.length - 1);
  const each = Math.ceil(categories.length / MOST_TICKS);
  const placeOf = (at: number): number => (categories.length === 1 ? 0.5 : at / last);
  const short = categories.map(isOption(field.key) ? (text) => text : withoutVendor);
  const name = (at: number): string => short[Math.min(last, Math.max(0, Math.round(at)))] ?? '';
  return {
    key: field.key,
    title: field.title,
    positions,
    places: positions.map(placeOf),
    ticks: categories.flatMap((whole, i) => (i % each === 0 ? [{ place: placeOf(i), text: name(i), whole }] : [])),
    below: 0,
    valueAt: (place) => place * last,
    placeOf,
    step: 1 / last,
    textOf: ([low, high]) => {
      const [first, end] = [name(Math.ceil(low)), name(Math.floor(high))];
      return first === end ? first : `${first} to ${end}`;
    },
  };
}

function valueAxis(field: Field, report: Report): ParallelAxis {
  const positions = field.numbers ?? new Float64Array();
  const log = spansDecades(report, field.key) && positions.some((value) => value > 0);
  const drawn = positions.filter((value, i) => report.ranks[i] !== 0 && !Number.isNaN(value) && (!log || value > 0));
  const [min, max] = [
    drawn.reduce((a, b) => Math.min(a, b), Infinity),
    drawn.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const to = log ? Math.log : (value: number): number => value;
  const from = log ? Math.exp : (value: number): number => value;
  const [low, high] = max > min ? [to(min), to(max)] : [to(min) - 1, to(min) + 1];
  const placeOf = (value: number): number => (log && value <= 0 ? BELOW : (to(value) - low) / (high - low));
  const unit = field.column.kind === 'metric' ? field.column.unit : unitFor('', []);
  const text = (value: number): string => `${numberIn(unit, value)} ${unit.text}`.trimEnd();
  const below = positions.filter((value, i) => log && value <= 0 && report.ranks[i] !== 0).length;
  const lowest = positions.reduce((a, b) => (b < a ? b : a), min);
  const ends = Array.from({ length: 5 }, (_, i) => ({ place: i / 4, text: text(from(low + ((high - low) * i) / 4)) }));
  return {
    key: field.key,
    title: log ? `${field.title} (log)` : field.title,
    positions,
    places: positions.map(placeOf),
    ticks: [...(below > 0 ? [{ place: BELOW, text: '≤ 0' }] : []), ...(max > min ? ends : ends.slice(2, 3))],
    below,
    valueAt: (place) => (log && place < 0 ? Math.min(0, lowest) : from(low + place * (high - low))),
    placeOf,
    step: 1 / 8,
    textOf: ([a, b]) => `${text(a)} to ${text(b)}`,
  };
}

/** The name of a contribution as labels of points have it. */
function withoutVendor(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
