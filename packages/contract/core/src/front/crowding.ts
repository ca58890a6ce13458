import type { Costs } from './pareto.js';

/**
 * How alone each point of a front is: over the objectives, the sum of the distances between its two neighbours, as shares of the front's
 * range. The ends of an objective are infinitely alone; an objective in which all are equal tells none apart. A point equal to an earlier
 * one is not alone at all, and is nobody's neighbour.
 *
 * @returns one distance a point, in the order given
 * @source Deb, Pratap, Agarwal, Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE TEVC 6(2), 2002, of
 *   points that differ
 */
export function crowdingDistances(front: readonly Costs[]): number[] {
  const distances = new Array<number>(front.length).fill(0);
  const firsts = firstsOf(front);
  for (const [objective] of (front[0] ?? []).entries()) {
    const cost = (index: number | undefined): number => front[index ?? -1]?.[objective] ?? NaN;
    const order = [...firsts].sort((a, b) => cost(a) - cost(b));
    const range = cost(order.at(-1)) - cost(order[0]);
    if (range === 0) continue;
    for (const [place, index] of order.entries()) {
      const isEnd = place === 0 || place === order.length - 1;
      distances[index] = isEnd
        ? Infinity
        : (distances[index] ?? 0) + (cost(order[place + 1]) - cost(order[place - 1])) / range;
    }
  }
  return distances;
}

/** Indices of the points that are equal to no earlier one, in order. */
function firstsOf(front: readonly Costs[]): readonly number[] {
  const known = new Set<string>();
  return front.flatMap((costs, index) => {
    const key = costs.join();
    if (known.has(key)) return [];
    known.add(key);
    return [index];
  });
}
