import { crowdingDistances, paretoRanks, type SearchResult } from '@archon-dse/core';

/** How good a point is among others: the lower the rank, then the larger the distance. */
export interface Standing {
  /** 1 on the front of its group; points outside of the constraints stand behind all that are inside, and failed ones last. */
  readonly rank: number;
  /** Crowding distance among the points of its rank. */
  readonly distance: number;
}

/**
 * Points by rank and crowding distance, group by group: feasible ones by dominance, then the others by how far they are outside, then
 * those that failed.
 *
 * @source Deb, Pratap, Agarwal, Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE TEVC 6(2), 2002, also for
 *   constrained domination
 */
export function standingsOf(results: readonly SearchResult[]): readonly Standing[] {
  const standings = new Array<Standing>(results.length).fill({ rank: Infinity, distance: 0 });
  for (const members of groupsOf(results, ({ group }) => group)) rankGroup(results, members, standings);
  return standings;
}

function rankGroup(results: readonly SearchResult[], members: readonly number[], standings: Standing[]): void {
  const violation = (index: number): number => results[index]?.violation ?? 0;
  const ok = members.filter((index) => results[index]?.state === 'ok');
  const feasible = ok.filter((index) => violation(index) === 0);
  const ranks = paretoRanks(feasible.map((index) => results[index]?.costs ?? []));
  const placed = feasible.map((index, place) => ({ index, rank: ranks[place] ?? 0 }));
  const last = Math.max(0, ...ranks);
  const outside = ok.filter((index) => violation(index) > 0).sort((a, b) => violation(a) - violation(b) || a - b);
  for (const [place, index] of outside.entries()) placed.push({ index, rank: last + 1 + place });
  for (const front of groupsOf(placed, ({ rank }) => String(rank))) {
    const indices = front.map((place) => placed[place]?.index ?? 0);
    const distances = crowdingDistances(indices.map((index) => results[index]?.costs ?? []));
    for (const [place, index] of indices.entries()) {
      standings[index] = { rank: placed[front[place] ?? 0]?.rank ?? 0, distance: distances[place] ?? 0 };
    }
  }
}

/** Indices of the items that have a text in common, in the order of the first. */
function groupsOf<T>(items: readonly T[], textOf: (item: T) => string): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    const members = groups.get(textOf(item)) ?? [];
    groups.set(textOf(item), members);
    members.push(index);
  }
  return [...groups.values()];
}

/** Sorts the better first; of equals neither. */
export function byStanding(a: Standing | undefined, b: Standing | undefined): number {
  const [one, other] = [a ?? LAST, b ?? LAST];
  if (one.rank !== other.rank) return one.rank - other.rank || 0;
  return one.distance === other.distance ? 0 : one.distance > other.distance ? -1 : 1;
}

const LAST: Standing = { rank: Infinity, distance: 0 };
