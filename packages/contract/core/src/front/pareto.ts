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
 * @source Zhang, Tian, Cheng, Jin, "An Efficient Approach to Nondominated Sorting", IEEE TEVC 19(2), 2015 (ENS-SS)
 */
export function paretoRanks(points: readonly Costs[]): number[] {
  const order = points.map((_, i) => i).sort((a, b) => compareCosts(points[a] ?? [], points[b] ?? []));
  const fronts: Costs[][] = [];
  const ranks = new Array<number>(points.length).fill(0);
  for (const index of order) {
    const point = points[index] ?? [];
    // Only an earlier point in this order can dominate a later one.
    let front = fronts.findIndex((members) => !members.some((member) => dominates(member, point)));
    if (front < 0) front = fronts.push([]) - 1;
    fronts[front]?.push(point);
    ranks[index] = front + 1;
  }
  return ranks;
}
