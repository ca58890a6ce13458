import { NO_CLASS, type Coloring } from './coloring.js';
import { frontsInPlane } from './default-axes.js';
import type { Point, Report } from './report.js';
import { thinned } from './thinned.js';

/** What the trade-off plot shows. */
export interface View {
  readonly x: string;
  readonly y: string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Only the neighbourhood of the fronts. */
  readonly zoom: boolean;
  /** Points outside constraints too. */
  readonly outside: boolean;
}

/** Points outside constraints, those that only the first step of two has, feasible ones, those on a front. */
const TIERS = ['outside', 'screened', 'ranked', 'front'] as const;
type Tier = (typeof TIERS)[number];

/** Marks that look alike. */
export interface MarkSet {
  readonly tier: Tier;
  /** Class of the colouring; {@link NO_CLASS} without one. */
  readonly markClass: number;
  readonly passing: boolean;
  /** x, y and the point's index. */
  readonly marks: readonly (readonly [x: number, y: number, index: number])[];
}

export interface Marks {
  readonly sets: readonly MarkSet[];
  /** Points drawn, from left to right: the order of the arrow keys. */
  readonly order: readonly Point[];
  /** Whether a point has its place in the plot, with a mark of its own or under others. */
  readonly shows: (point: Point) => boolean;
  readonly extents: { readonly x: Extent; readonly y: Extent };
  /** Why points that belong here are not drawn. */
  readonly notes: readonly string[];
}

export interface Extent {
  readonly min: number;
  readonly max: number;
}

/** Sorts the points of a view into sets of equal marks, the least important first, and says which are missing. */
export function marksOf(report: Report, view: View, coloring: Coloring, mask: Uint8Array): Marks {
  const place = placer(report, view);
  const counts: Record<Place, number> = { drawn: 0, unasked: 0, absent: 0, log: 0 };
  const inSight: Point[] = [];
  for (const point of report.points) {
    const found = place(point);
    counts[found] += 1;
    if (found === 'drawn') inSight.push(point);
  }
  const [xs, ys] = [report.numbersOf(view.x), report.numbersOf(view.y)];
  const extents = { x: extentOf(inSight, xs), y: extentOf(inSight, ys) };
  const order = thinned(inSight, { xs, ys, extents, view, mask, ranks: report.ranks });
  const by = (values: Float64Array, a: Point, b: Point): number => (values[a.index] ?? 0) - (values[b.index] ?? 0);
  const notes = [
    [inSight.length - order.length, 'that lie where others are drawn'],
    [counts.log, 'at or below 0, for which a logarithmic axis has no place'],
    [counts.absent, 'without a value on both axes'],
  ] as const;
  return {
    sets: setsOf(order, report, view, coloring, mask),
    order: order.sort((a, b) => by(xs, a, b) || by(ys, a, b)),
    extents,
    shows: (point) => place(point) === 'drawn',
    notes: notes.flatMap(([count, why]) => (count === 0 ? [] : [`${countText(count)} ${why}`])),
  };
}

/** Whether a point is drawn, and if not, why: not asked for, without a value, at or below 0 on a logarithmic axis. */
type Place = 'drawn' | 'unasked' | 'absent' | 'log';

function placer(report: Report, view: View): (point: Point) => Place {
  const near = nearOf(report, view);
  const [xs, ys] = [report.numbersOf(view.x), report.numbersOf(view.y)];
  return (point) => {
    if (tierOf(point, view) === undefined) return 'unasked';
    const [left, up] = [xs[point.index] ?? NaN, ys[point.index] ?? NaN];
    if (Number.isNaN(left) || Number.isNaN(up)) return 'absent';
    if ((view.logX && left <= 0) || (view.logY && up <= 0)) return 'log';
    return near === undefined || (within(left, near.x) && within(up, near.y)) ? 'drawn' : 'unasked';
  };
}

function setsOf(
  points: readonly Point[],
  report: Report,
  view: View,
  { classOf }: Coloring,
  mask: Uint8Array,
): readonly MarkSet[] {
  const [xs, ys] = [report.numbersOf(view.x), report.numbersOf(view.y)];
  const sets = new Map<string, MarkSet & { readonly marks: [number, number, number][] }>();
  for (const point of points) {
    const tier = tierOf(point, view) ?? 'ranked';
    const markClass = tier === 'outside' ? NO_CLASS : (classOf[point.index] ?? NO_CLASS);
    const passing = mask[point.index] === 1;
    const key = `${tier} ${markClass} ${passing}`;
    const set = sets.get(key) ?? { tier, markClass, passing, marks: [] };
    sets.set(key, set);
    set.marks.push([xs[point.index] ?? NaN, ys[point.index] ?? NaN, point.index]);
  }
  const weight = ({ tier, passing }: MarkSet): number => (passing ? 10 : 0) + TIERS.indexOf(tier);
  return [...sets.values()].sort((a, b) => weight(a) - weight(b) || a.markClass - b.markClass);
}

/** The edge of what each group reaches in the two shown objectives; empty when an axis is not an objective. */
export function frontEdges(report: Report, view: View): ReadonlyMap<string, readonly Point[]> {
  const place = placer(report, view);
  const isDrawn = (point: Point): boolean => place(point) === 'drawn';
  return new Map([...frontsInPlane(report, view.x, view.y)].map(([group, front]) => [group, front.filter(isDrawn)]));
}

/** Where the second step takes points: from what was screened to what it was refined to, where both are drawn. */
export function refinedMoves({ summary, byId }: Report, { shows }: Marks): readonly (readonly [Point, Point])[] {
  return (summary.refinement?.pairs ?? []).flatMap(({ id, refines }) => {
    const [before, after] = [byId.get(refines), byId.get(id)];
    return before && after && before !== after && shows(before) && shows(after) ? [[before, after] as const] : [];
  });
}

function tierOf({ rank, state }: Point, { outside }: View): Tier | undefined {
  if (rank !== undefined) return rank === 1 ? 'front' : 'ranked';
  if (state === 'screened') return state;
  return outside && state === 'constraint' ? 'outside' : undefined;
}

interface Near {
  readonly x: Extent;
  readonly y: Extent;
}

function nearOf(report: Report, { x, y, zoom }: View): Near | undefined {
  return zoom ? { x: frontRange(report, x), y: frontRange(report, y) } : undefined;
}

/** Values of a metric on the fronts, and half as much again on either side. */
function frontRange({ points, ranks, numbersOf }: Report, metric: string): Extent {
  const front = points.filter(({ index }) => ranks[index] === 1);
  const { min, max } = extentOf(front, numbersOf(metric));
  const margin = (max - min) / 2 || Math.abs(max) / 20 || 1;
  return { min: min - margin, max: max + margin };
}

function extentOf(points: readonly Point[], numbers: Float64Array): Extent {
  let [min, max] = [Infinity, -Infinity];
  for (const { index } of points) {
    const value = numbers[index] ?? NaN;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function within(value: number, { min, max }: Extent): boolean {
  return min <= value && value <= max;
}

function countText(points: number): string {
  return points === 1 ? '1 point' : `${points.toLocaleString('en-US')} points`;
}
