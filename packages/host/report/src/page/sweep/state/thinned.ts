import type { Extent } from './marks.js';
import type { Point } from './report.js';

/** Marks beyond which those that lie on each other are drawn once. */
export const MOST_MARKS = 10_000;
/** Parts of the plot that take one mark: about as large as a mark. */
const CELLS = { columns: 160, rows: 100 };

interface Plane {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly extents: { readonly x: Extent; readonly y: Extent };
  readonly view: { readonly logX: boolean; readonly logY: boolean };
  /** 1 where a point passes the filters. */
  readonly mask: Uint8Array;
  readonly ranks: Float64Array;
}

/**
 * The points whose marks are drawn: all where they are few; else all on a front, and of the others one a part of the plot, of those that pass
 * and of those that do not. Which one is as good as random, so that colours keep their shares, and always the same.
 */
export function thinned(points: readonly Point[], { xs, ys, extents, view, mask, ranks }: Plane): Point[] {
  if (points.length <= MOST_MARKS) return [...points];
  const across = scaleOf(extents.x, view.logX, CELLS.columns);
  const up = scaleOf(extents.y, view.logY, CELLS.rows);
  const kept = new Map<number, Point>();
  const front: Point[] = [];
  for (const point of points) {
    const { index } = point;
    if (ranks[index] === 1) front.push(point);
    else {
      const cell = up(ys[index] ?? NaN) * CELLS.columns + across(xs[index] ?? NaN);
      const key = 2 * cell + (mask[index] ?? 0);
      const known = kept.get(key);
      if (known === undefined || lotOf(index) < lotOf(known.index)) kept.set(key, point);
    }
  }
  return [...kept.values(), ...front].sort((a, b) => a.index - b.index);
}

function scaleOf({ min, max }: Extent, log: boolean, cells: number): (value: number) => number {
  const to = log ? Math.log : (value: number): number => value;
  const [from, range] = [to(min), to(max) - to(min)];
  return (value) => (range > 0 ? Math.min(cells - 1, Math.floor(((to(value) - from) / range) * cells)) : 0);
}

/** A number that looks drawn by lot (Knuth's multiplicative hash). */
export function lotOf(index: number): number {
  return Math.imul(index + 1, 2_654_435_761) >>> 0;
}
