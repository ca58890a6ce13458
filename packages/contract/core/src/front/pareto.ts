import { sortIntoFronts } from './ranks.kernel.js';

/**
 * Non-dominated sorting. Every vector is one point's costs, all minimised, finite and of one length;
 * an objective to maximise enters negated (see `toCosts`).
 */
export type Costs = readonly number[];

/** Whether `a` is at least as good as `b` everywhere and better somewhere. Equal points do not dominate each other. */
export function dominates(a: Costs, b: Costs): boolean {
  let better = false;
  for (let i = 0; i < a.length; i++) {
    const value = a[i] ?? Infinity;
    const other = b[i] ?? Infinity;
    if (value > other) return false;
    if (value < other) better = true;
  }
  return better;
}

/** Order of cost vectors: first objective first, then the next. */
export function compareCosts(a: Costs, b: Costs): number {
  for (let i = 0; i < a.length; i++) {
    const value = a[i] ?? Infinity;
    const other = b[i] ?? Infinity;
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}

/**
 * Rank of each point: 1 on the Pareto front, 2 on the front that is left without rank 1, and so on. Equal points share a rank.
 *
 * @returns one rank a point, in the order given
 */
export function paretoRanks(points: readonly Costs[]): number[] {
  return [...ranksOf(Float64Array.from(points.flat()), points[0]?.length ?? 1)];
}

/**
 * The same for many points; 10^5 of four costs take two seconds at most.
 *
 * @param costs - `dimensions` values a point, one point after the other
 */
export function ranksOf(costs: Float64Array, dimensions: number): Uint32Array {
  const order = new Uint32Array(costs.length / dimensions).map((_, point) => point);
  const byCosts = (a: number, b: number): number => {
    for (let i = 0; i < dimensions; i++) {
      const difference = (costs[a * dimensions + i] ?? 0) - (costs[b * dimensions + i] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  };
  return sortIntoFronts(costs, dimensions, order.sort(byCosts));
}

/** How many points of a front a point of another front dominates. */
export function countDominated(front: readonly Costs[], other: readonly Costs[]): number {
  return paretoRanks([...front, ...other])
    .slice(0, front.length)
    .filter((rank) => rank > 1).length;
}
