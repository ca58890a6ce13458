import type { RecordHead } from '../record.js';
import type { Refine, Sweep } from '../sweep.js';
import { costsIn } from './costs-in.js';
import { crowdingDistances } from './crowding.js';
import { groupKey } from './group-key.js';
import { paretoRanks, type Costs } from './pareto.js';

/**
 * The best points of a sweep: of each group its Pareto front, or its first so many points by rank, then by how alone they are on the
 * front of their rank, then in the order given. Points that failed or break a constraint are not among them.
 *
 * @param records - one a point, in the order of the points; gone through once and not kept
 * @returns the ids of those chosen, in the same order
 */
export function chooseTop(sweep: Sweep, records: Iterable<RecordHead>, top: Refine['top']): readonly string[] {
  const costsOf = costsIn(sweep);
  const groups = new Map<string, { readonly id: string; readonly place: number; readonly costs: Costs }[]>();
  let place = 0;
  for (const record of records) {
    const costs = costsOf(record);
    if (costs === undefined) continue;
    push(groups, groupKey(record.point, sweep), { id: record.pointId, place: place++, costs });
  }
  const chosen = [...groups.values()].flatMap((members) =>
    topOf(
      members.map(({ costs }) => costs),
      top,
    ).flatMap((index) => members[index] ?? []),
  );
  return chosen.sort((a, b) => a.place - b.place).map(({ id }) => id);
}

/** Indices of the best points of one group, the best first. */
function topOf(points: readonly Costs[], top: Refine['top']): readonly number[] {
  const ranks = paretoRanks(points);
  const order = points.map((_, index) => index);
  if (top === 'front') return order.filter((index) => ranks[index] === 1);
  const alone = distancesOf(points, ranks);
  const rank = (index: number): number => ranks[index] ?? 0;
  const distance = (index: number): number => alone[index] ?? 0;
  const byDistance = (a: number, b: number): number =>
    distance(a) === distance(b) ? 0 : distance(a) > distance(b) ? -1 : 1;
  return order.sort((a, b) => rank(a) - rank(b) || byDistance(a, b)).slice(0, top);
}

/** Crowding distance of each point among those of its rank. With one objective a rank is one value, which tells none apart. */
function distancesOf(points: readonly Costs[], ranks: readonly number[]): readonly number[] {
  const byRank = new Map<number, number[]>();
  for (const [index, rank] of ranks.entries()) push(byRank, rank, index);
  const distances = new Array<number>(points.length).fill(0);
  for (const members of byRank.values()) {
    const found = crowdingDistances(members.map((index) => points[index] ?? []));
    for (const [place, index] of members.entries()) distances[index] = found[place] ?? 0;
  }
  return distances;
}

function push<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
