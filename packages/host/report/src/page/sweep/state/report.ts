import type { DisplayUnit } from '@archon-dse/core';
import { valueText } from '../../../option-columns.js';
import type { PageData } from '../../../render/page-data.js';
import { readPoints } from '../../../render/page-points.js';
import { formatIn, unitFor, unitsOver } from '../../../units.js';
import { pointsOf, type Point } from './point.js';

export type { Layer } from './layer.js';
export type { Point } from './point.js';

/** The embedded data with its indices resolved. */
export interface Report extends Pick<PageData, 'summary' | 'columns'> {
  readonly points: readonly Point[];
  readonly byId: { readonly get: (id: string) => Point | undefined };
  readonly kneeIds: ReadonlySet<string>;
  /** The one unit of each metric everywhere on the page. */
  readonly units: ReadonlyMap<string, DisplayUnit>;
  /** A metric's value in its unit. */
  readonly show: (metric: string, value: number | null | undefined) => string;
  /** Values of a metric, one a point; NaN where a point has none. For what goes over all points. */
  readonly numbersOf: (metric: string) => Float64Array;
  /** Beside each column of options, which of its values each point has; -1 for none. */
  readonly optionCodes: readonly Int32Array[];
  /** Group of each point, by its place in the summary. */
  readonly groupCodes: Int32Array;
  /** Rank of each point, 0 without. */
  readonly ranks: Float64Array;
}

export function readReport(data: PageData): Report {
  const { summary, columns } = data;
  const unpacked = readPoints(data.points);
  const points = pointsOf(data, unpacked);
  const nowhere = new Float64Array(points.length).fill(NaN);
  const numbersOf = (metric: string): Float64Array => unpacked.metrics[summary.metrics.indexOf(metric)] ?? nowhere;
  const units = unitsOver(summary.metrics, numbersOf, summary.derived);
  const groups = new Map(summary.groups.map(({ key }, place) => [key, place]));
  const placeOf = unpacked.groups.values.map((key) => groups.get(key) ?? -1);
  return {
    summary,
    columns,
    points,
    byId: { get: finder(points) },
    kneeIds: new Set(summary.groups.flatMap(({ knee }) => knee?.id ?? [])),
    units,
    show: (metric, value) => formatIn(units.get(metric) ?? unitFor(metric, []), value),
    numbersOf,
    optionCodes: unpacked.options,
    groupCodes: unpacked.groups.codes.map((code) => placeOf[code] ?? -1),
    ranks: unpacked.ranks,
  };
}

/** The ids of all points are written out when more than a few are looked for. */
const FEW = 20;

function finder(points: readonly Point[]): (id: string) => Point | undefined {
  const known = new Map<string, Point>();
  let asked = 0;
  return (id) => {
    if (known.size < points.length && ++asked > FEW) for (const point of points) known.set(point.id, point);
    return known.get(id) ?? (known.size < points.length ? points.find((point) => point.id === id) : undefined);
  };
}

/** Text of a point's option for display. */
export function optionText(point: Pick<Point, 'options'>, key: string): string {
  return key in point.options ? valueText(point.options[key]) : '–';
}
