import { compareCosts, costBounds, type Costs } from '@archon-dse/core';

/** Which front point is the knee and how far it bulges beyond the extremes, in normalised units. */
export interface Knee {
  readonly index: number;
  readonly distance: number;
}

/** Bulges below this are rounding errors of points on the plane itself. */
const TOLERANCE = 1e-9;

/**
 * Knee of a front: the best all-round compromise. Each objective is scaled over the front, 0 its best value and 1 its worst.
 * The knee lies furthest towards the ideal corner from the plane of equal trade (`sum of scaled costs = c`) through the best
 * of the extremes, where an extreme is the point that is best in one objective. With two objectives this is the largest distance
 * from the line through both extremes. Ties go to the smaller first cost, then the next.
 *
 * @param front - non-dominated cost vectors, all minimised
 * @returns undefined when no point beats every extreme: short, straight or concave fronts have no knee
 * @source Branke, Deb, Dierolf, Osswald, "Finding Knees in Multi-objective Optimization", PPSN VIII, 2004 (idea of the knee);
 *   Das, "On characterizing the knee of the Pareto curve", Structural Optimization 18, 1999 (distance from the extremes' plane)
 */
export function findKnee(front: readonly Costs[]): Knee | undefined {
  if (front.length < 3) return undefined;
  const { ideal, worst } = costBounds(Float64Array.from(front.flat()), front[0]?.length ?? 1);
  const scaled = front.map((costs) => costs.map((value, i) => scale(value, ideal[i] ?? 0, worst[i] ?? 0)));
  const sums = scaled.map((costs) => costs.reduce((sum, value) => sum + value, 0));
  const extremes = sums.filter((_, p) => scaled[p]?.some((value, i) => value === 0 && ideal[i] !== worst[i]));
  const plane = extremes.reduce((a, b) => Math.min(a, b), Infinity);
  let best = -1;
  for (const [i, sum] of sums.entries()) {
    if (!(plane - sum > TOLERANCE)) continue;
    const current = sums[best] ?? plane;
    if (sum < current || (sum === current && compareCosts(front[i] ?? [], front[best] ?? []) < 0)) best = i;
  }
  if (best < 0 || plane === Infinity) return undefined;
  return { index: best, distance: (plane - (sums[best] ?? plane)) / Math.sqrt(ideal.length) };
}

function scale(value: number, best: number, worst: number): number {
  return worst > best ? (value - best) / (worst - best) : 0;
}
