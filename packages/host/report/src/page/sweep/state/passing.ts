import type { Field } from './fields.js';
import { readFilter } from './filter.js';
import type { Point } from './report.js';

/** Lowest and highest passing value of an axis; values of an axis of texts count from 0. */
export type Interval = readonly [low: number, high: number];

/** What narrows the points down. */
export interface Narrowing {
  /** Filter texts by field. */
  readonly filters: ReadonlyMap<string, string>;
  /** Brushed intervals by axis; a point passes an axis in any of its intervals. */
  readonly brushes: ReadonlyMap<string, readonly Interval[]>;
  readonly frontsOnly: boolean;
}

/** An axis that can be brushed: one position a point, NaN where it has none. */
export interface Brushable {
  readonly key: string;
  readonly positions: Float64Array;
}

/** How a filter was read, or what is wrong with it. */
interface FilterState {
  readonly field: Field;
  readonly says?: string;
  readonly problem?: string;
}

export interface Passing {
  /** 1 where a point passes everything. */
  readonly mask: Uint8Array;
  readonly count: number;
  /** One a filter with text in it. */
  readonly filters: readonly FilterState[];
}

/** Which points pass. A filter that cannot be read keeps nobody out, and says so. */
export function passing(
  points: readonly Point[],
  fields: readonly Field[],
  axes: readonly Brushable[],
  { filters, brushes, frontsOnly }: Narrowing,
): Passing {
  const mask = new Uint8Array(points.length).fill(1);
  if (frontsOnly) keep(mask, (i) => points[i]?.rank === 1);
  for (const { key, positions } of axes) {
    const intervals = brushes.get(key) ?? [];
    if (intervals.length > 0) keep(mask, (i) => isInside(positions[i] ?? NaN, intervals));
  }
  const states = fields.flatMap((field) => {
    const text = filters.get(field.key)?.trim() ?? '';
    return text === '' ? [] : [applyFilter(mask, points, field, text)];
  });
  return { mask, count: mask.reduce((sum, one) => sum + one, 0), filters: states };
}

function applyFilter(mask: Uint8Array, points: readonly Point[], field: Field, text: string): FilterState {
  const { numbers } = field;
  const reading = readFilter(text, field.column);
  if (reading.kind === 'problem') return { field, problem: reading.message };
  if (reading.kind === 'number') {
    keep(mask, (i) => reading.passes(numbers?.[i] ?? NaN));
    return { field, says: reading.says };
  }
  const hits = hitsOf(points, field, reading.passes);
  if (!hits.includes(true)) return { field, problem: `No cell of this column ${reading.says}.` };
  keep(mask, (i) => hits[i] ?? false);
  return { field, says: reading.says };
}

function hitsOf(
  points: readonly Point[],
  { coded, textOf }: Field,
  passes: (text: string) => boolean,
): readonly boolean[] {
  if (coded === undefined) return points.map((point) => passes(textOf(point)));
  const hits = coded.texts.map(passes);
  return Array.from(coded.codes, (code) => hits[code] ?? false);
}

function keep(mask: Uint8Array, test: (index: number) => boolean): void {
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1 && !test(i)) mask[i] = 0;
}

function isInside(value: number, intervals: readonly Interval[]): boolean {
  return intervals.some(([low, high]) => low <= value && value <= high);
}
