import { NO_CLASS, type Coloring } from './coloring.js';
import { frontsInPlane } from './default-axes.js';
import type { Point, Report } from './report.js';

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
  const { x, y } = view;
  const near = nearOf(report, view);
  const places = report.points.map((point) => ({ point, place: placeOf(point, view, near) }));
  const order = places.flatMap(({ point, place }) => (place === 'drawn' ? [point] : []));
  const count = (missing: Place): string => countText(places.filter(({ place }) => place === missing).length);
  const has = (missing: Place): boolean => places.some(({ place }) => place === missing);
  return {
    sets: setsOf(order, view, coloring, mask),
    order: order.sort((a, b) => (a.metrics[x] ?? 0) - (b.metrics[x] ?? 0) || (a.metrics[y] ?? 0) - (b.metrics[y] ?? 0)),
    extents: { x: extentOf(order, x), y: extentOf(order, y) },
    notes: [
      ...(has('log') ? [`${count('log')} at or below 0, for which a logarithmic axis has no place`] : []),
      ...(has('absent') ? [`${count('absent')} without a value on both axes`] : []),
    ],
  };
}

/** Whether a point is drawn, and if not, why: not asked for, without a value, at or below 0 on a logarithmic axis. */
type Place = 'drawn' | 'unasked' | 'absent' | 'log';

function placeOf(point: Point, view: View, near: Near | undefined): Place {
  const { [view.x]: left, [view.y]: up } = point.metrics;
  if (tierOf(point, view) === undefined) return 'unasked';
  if (left === undefined || up === undefined) return 'absent';
  if ((view.logX && left <= 0) || (view.logY && up <= 0)) return 'log';
  return near === undefined || (within(left, near.x) && within(up, near.y)) ? 'drawn' : 'unasked';
}

function setsOf(points: readonly Point[], view: View, { classOf }: Coloring, mask: Uint8Array): readonly MarkSet[] {
  const sets = new Map<string, MarkSet & { readonly marks: [number, number, number][] }>();
  for (const point of points) {
    const tier = tierOf(point, view) ?? 'ranked';
    const markClass = tier === 'outside' ? NO_CLASS : (classOf[point.index] ?? NO_CLASS);
    const passing = mask[point.index] === 1;
    const key = `${tier} ${markClass} ${passing}`;
    const set = sets.get(key) ?? { tier, markClass, passing, marks: [] };
    sets.set(key, set);
    set.marks.push([point.metrics[view.x] ?? NaN, point.metrics[view.y] ?? NaN, point.index]);
  }
  const weight = ({ tier, passing }: MarkSet): number => (passing ? 10 : 0) + TIERS.indexOf(tier);
  return [...sets.values()].sort((a, b) => weight(a) - weight(b) || a.markClass - b.markClass);
}

/** The edge of what each group reaches in the two shown objectives; empty when an axis is not an objective. */
export function frontEdges(report: Report, view: View): ReadonlyMap<string, readonly Point[]> {
  const near = nearOf(report, view);
  const isDrawn = (point: Point): boolean => placeOf(point, view, near) === 'drawn';
  return new Map([...frontsInPlane(report, view.x, view.y)].map(([group, front]) => [group, front.filter(isDrawn)]));
}

/** Where the second step takes points: from what was screened to what it was refined to, where both are drawn. */
export function refinedMoves({ summary, byId }: Report, { order }: Marks): readonly (readonly [Point, Point])[] {
  const drawn = new Set(order);
  return (summary.refinement?.pairs ?? []).flatMap(({ id, refines }) => {
    const [before, after] = [byId.get(refines), byId.get(id)];
    return before && after && before !== after && drawn.has(before) && drawn.has(after)
      ? [[before, after] as const]
      : [];
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
function frontRange({ points }: Report, metric: string): Extent {
  const front = points.filter(({ rank }) => rank === 1);
  const { min, max } = extentOf(front, metric);
  const margin = (max - min) / 2 || Math.abs(max) / 20 || 1;
  return { min: min - margin, max: max + margin };
}

function extentOf(points: readonly Point[], metric: string): Extent {
  let [min, max] = [Infinity, -Infinity];
  for (const { metrics } of points) {
    const value = metrics[metric] ?? NaN;
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
