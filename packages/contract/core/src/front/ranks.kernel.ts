/**
 * Ranks by efficient non-dominated sorting with a binary search over the fronts: a point goes to the first front without a member that
 * dominates it, and where a front has one, so has every front before it. Members of a front are in a tree that leaves out whole regions.
 *
 * @param costs - `dimensions` values a point, one point after the other
 * @param order - the points in ascending order of their costs, the first deciding, then the next
 * @returns one rank a point, from 1
 * @source Zhang, Tian, Cheng, Jin, "An Efficient Approach to Nondominated Sorting", IEEE TEVC 19(2), 2015 (ENS-BS); Gustavsson, Syberfeldt,
 *   "A New Algorithm Using the Non-dominated Tree to Improve Non-dominated Sorting", Evolutionary Computation 26(1), 2018 (the tree)
 */
export function sortIntoFronts(costs: Float64Array, dimensions: number, order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(order.length);
  const fronts: Node[] = [];
  for (let place = 0; place < order.length; place++) {
    const point = order[place]!;
    const previous = place === 0 ? -1 : order[place - 1]!;
    const at = point * dimensions;
    if (previous >= 0 && isEqual(costs, dimensions, previous * dimensions, at)) {
      ranks[point] = ranks[previous]!;
      continue;
    }
    let low = 0;
    let high = fronts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (covers(fronts[middle]!, costs, dimensions, at)) low = middle + 1;
      else high = middle;
    }
    if (low === fronts.length) fronts.push(leafOf(dimensions));
    add(fronts[low]!, costs, dimensions, at);
    ranks[point] = low + 1;
  }
  return ranks;
}

/** A part of a front: its members, or two halves along a cost. */
interface Node {
  /** The least of each cost. */
  readonly least: Float64Array;
  /** Costs of the members, one after the other; undefined where it is divided. */
  members: Float64Array | undefined;
  count: number;
  axis: number;
  split: number;
  below: Node | undefined;
  above: Node | undefined;
}

/** Members of a leaf: to go over so many at once is faster than to find the few that matter. */
const MOST_MEMBERS = 128;
const FIRST_MEMBERS = 4;

function leafOf(dimensions: number): Node {
  return {
    least: new Float64Array(dimensions).fill(Infinity),
    members: new Float64Array(FIRST_MEMBERS * dimensions),
    ...{ count: 0, axis: 0, split: 0, below: undefined, above: undefined },
  };
}

/** Whether a member is at least as good in every cost but the first, in which none is worse as it came before. */
function covers(node: Node, costs: Float64Array, dimensions: number, at: number): boolean {
  const { least, members } = node;
  for (let i = 1; i < dimensions; i++) if (least[i]! > costs[at + i]!) return false;
  if (members === undefined) {
    return covers(node.below!, costs, dimensions, at) || covers(node.above!, costs, dimensions, at);
  }
  for (let from = (node.count - 1) * dimensions; from >= 0; from -= dimensions) {
    let i = dimensions - 1;
    while (i > 0 && members[from + i]! <= costs[at + i]!) i--;
    if (i <= 0) return true;
  }
  return false;
}

/** @param at - where the costs of the new member begin */
function add(root: Node, costs: Float64Array, dimensions: number, at: number): void {
  let node = root;
  for (;;) {
    const { least } = node;
    for (let i = 0; i < dimensions; i++) if (costs[at + i]! < least[i]!) least[i] = costs[at + i]!;
    if (node.members !== undefined) break;
    node = costs[at + node.axis]! < node.split ? node.below! : node.above!;
  }
  if (node.count * dimensions === node.members.length) {
    if (node.count >= MOST_MEMBERS && divide(node, node.members, dimensions)) {
      add(node, costs, dimensions, at);
      return;
    }
    const longer = new Float64Array(2 * node.members.length);
    longer.set(node.members);
    node.members = longer;
  }
  for (let i = 0; i < dimensions; i++) node.members[node.count * dimensions + i] = costs[at + i]!;
  node.count++;
}

/** Halves a full leaf along the cost, but the first, in which its members lie furthest apart; says whether they do. */
function divide(node: Node, members: Float64Array, dimensions: number): boolean {
  let widest = 0;
  for (let i = 1; i < dimensions; i++) {
    let most = -Infinity;
    for (let at = i; at < members.length; at += dimensions) most = Math.max(most, members[at]!);
    const range = most - node.least[i]!;
    if (range > widest) [widest, node.axis] = [range, i];
  }
  if (widest === 0) return false;
  const values = members.filter((_, at) => at % dimensions === node.axis).sort();
  const middle = values[values.length >> 1]!;
  node.split = middle > values[0]! ? middle : values.find((value) => value > middle)!;
  node.members = undefined;
  node.below = leafOf(dimensions);
  node.above = leafOf(dimensions);
  for (let at = 0; at < members.length; at += dimensions) add(node, members, dimensions, at);
  return true;
}

function isEqual(costs: Float64Array, dimensions: number, a: number, b: number): boolean {
  for (let i = 0; i < dimensions; i++) if (costs[a + i]! !== costs[b + i]!) return false;
  return true;
}
