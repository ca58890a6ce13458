import { DIMS } from '../model/problem.js';
import type { Relevance } from '../model/relevance.js';

/**
 * Loop orders of a level worth trying, by the set of dimensions it loops over. Two orders of one level are compared by
 *
 * - the loops inside the last one that moves Inputs clear of its tile: together with what is further in they are all that the
 *   fills of Inputs depend on, since every pass over them starts from a fresh tile;
 * - for Weights and for Outputs the set of innermost loops that do not touch them. A tile is fetched again for every loop outside
 *   those, so a larger set (of the same loops) never fetches more, whatever the levels inside do.
 *
 * An order is dropped when another one has the same first part and sets at least as large. Orders that are equal in all three cost the
 * same, and the first of them stays.
 */
export class LoopOrders {
  private readonly pinned: readonly number[];
  private readonly relevance: Relevance;
  private readonly inside: readonly boolean[];
  private readonly known = new Map<number, readonly (readonly number[])[]>();

  /**
   * `pinned`: dimensions whose order is given, outer to inner; the others go inside them in any order. `inside`: which data spaces, by
   * place, the levels further in keep.
   */
  constructor(pinned: readonly number[], relevance: Relevance, inside: readonly boolean[] = [true, true, true]) {
    this.pinned = pinned;
    this.relevance = relevance;
    this.inside = inside;
  }

  /** `dims`: mask of the dimensions with a bound above 1. Orders list places in DIMS, outer to inner. */
  of(dims: number): readonly (readonly number[])[] {
    let orders = this.known.get(dims);
    if (orders === undefined) {
      orders = this.distinct(this.undominated(dims));
      this.known.set(dims, orders);
    }
    return orders;
  }

  private undominated(dims: number): readonly (readonly number[])[] {
    const outer = this.pinned.filter((dim) => (dims >> dim) & 1);
    const inner = DIMS.map((_, dim) => dim).filter((dim) => (dims >> dim) & 1 && !outer.includes(dim));
    const kept = new Map<string, Reuse[]>();
    for (const tail of permutations(inner)) {
      const reuse = reuseOf([...outer, ...tail], this.relevance);
      const rivals = kept.get(reuse.window) ?? [];
      if (rivals.some((rival) => covers(rival, reuse))) continue;
      kept.set(reuse.window, [...rivals.filter((rival) => !covers(reuse, rival)), reuse]);
    }
    return [...kept.values()].flat().map((reuse) => reuse.order);
  }

  /**
   * Leaves out orders that an earlier one makes needless, seen from the levels further in alone: only tiles that are kept there are fetched
   * under these loops. The first of equal orders stays, so no search finds another mapping.
   */
  private distinct(orders: readonly (readonly number[])[]): readonly (readonly number[])[] {
    const [weights, inputs, outputs] = this.inside;
    const kept: Reuse[] = [];
    for (const order of orders) {
      const own = reuseOf(order, this.relevance);
      const seen = {
        order,
        window: inputs === true ? own.window : '',
        weights: weights === true ? own.weights : 0,
        outputs: outputs === true ? own.outputs : 0,
      };
      if (!kept.some((rival) => rival.window === seen.window && covers(rival, seen))) kept.push(seen);
    }
    return kept.map(({ order }) => order);
  }
}

interface Reuse {
  readonly order: readonly number[];
  readonly window: string;
  readonly weights: number;
  readonly outputs: number;
}

function reuseOf(order: readonly number[], { relevant, jumps }: Relevance): Reuse {
  const setOf = (dims: readonly number[]): number => dims.reduce((mask, dim) => mask | (1 << dim), 0);
  return {
    order,
    window: innermostWithout(order, jumps).join(),
    weights: setOf(innermostWithout(order, relevant[0])),
    outputs: setOf(innermostWithout(order, relevant[2])),
  };
}

/** The loops inside the last one whose dimension is in `mask`. */
function innermostWithout(order: readonly number[], mask: number): readonly number[] {
  let start = order.length;
  while (start > 0 && ((mask >> (order[start - 1] ?? 0)) & 1) === 0) start--;
  return order.slice(start);
}

/** Whether `a` keeps at least the reuse of `b`. */
function covers(a: Reuse, b: Reuse): boolean {
  return (b.weights & ~a.weights) === 0 && (b.outputs & ~a.outputs) === 0;
}

/** All orders of `items`, in lexicographic order of their places. */
export function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}
