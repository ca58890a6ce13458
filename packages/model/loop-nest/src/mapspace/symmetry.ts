import { C, DIM_COUNT, M, N, P, Q, R, S } from '../model/places.js';
import type { Problem } from '../model/problem.js';
import type { MapspaceSlots } from './slots.js';

/**
 * Changes of a mapspace that leave every cost as it is. Costs depend on products of bounds and on which data spaces a dimension indexes, so
 *
 * - dimensions that index the same data spaces, and move tiles by one word a step, are *alike*: only the product of their bounds at a
 *   level counts. Every mapping has a twin for each other way to share out these products, since both have the same prime factors;
 * - rows and columns of a square problem may change places.
 *
 * Both hold only as far as the constraints treat the dimensions equally.
 */
export interface Symmetry {
  /** Dimensions whose products alone count, or none. */
  readonly alike: readonly number[];
  /** Place of the dimension that takes each dimension's place when rows and columns are swapped, if they may be. */
  readonly mirror: readonly number[] | undefined;
}

const SWAPPED = [C, M, S, R, Q, P, N];

export function symmetryOf(problem: Problem, slots: MapspaceSlots): Symmetry {
  const { dilationR = 1, dilationS = 1, strideP, strideQ } = problem;
  const plane = [
    ...(problem.R === 1 && strideP === 1 ? [P] : []),
    ...(problem.S === 1 && strideQ === 1 ? [Q] : []),
    ...[N],
  ].filter((dim) => (slots.bounds[dim] ?? 1) > 1);
  const [first = N, ...others] = plane;
  const alike = others.every((dim) => treatedEqually(slots, first, dim)) ? plane : [];
  const square = problem.P === problem.Q && problem.R === problem.S && strideP === strideQ && dilationR === dilationS;
  const mirrors = square && treatedEqually(slots, P, Q) && treatedEqually(slots, R, S);
  const mirror = Array.from({ length: DIM_COUNT }, (_, dim) => SWAPPED[dim] ?? dim);
  return { alike: alike.length > 1 ? alike : [], mirror: mirrors ? mirror : undefined };
}

function treatedEqually(slots: MapspaceSlots, a: number, b: number): boolean {
  const placesOf = (dim: number): string =>
    JSON.stringify([
      slots.temporal.filter((_, at) => at % DIM_COUNT === dim),
      slots.spatial.filter((slot) => slot.dim === dim).map(({ level, axis, factor }) => [level, axis, factor]),
    ]);
  const ordered = slots.orders.some((order) => order.includes(a) || order.includes(b));
  return !ordered && placesOf(a) === placesOf(b);
}

/**
 * A text that spatial splits share when one is as good as the other. `products`: of the spatial bounds, `level * DIM_COUNT + dimension`.
 * Along which axis a dimension is spread costs nothing either.
 */
export function splitKey(products: ArrayLike<number>, { alike, mirror }: Symmetry): string {
  const own = Array.from(products);
  const [first, ...others] = alike;
  if (first !== undefined) {
    for (let at = 0; at < own.length; at += DIM_COUNT) {
      for (const dim of others) {
        own[at + first] = (own[at + first] ?? 1) * (own[at + dim] ?? 1);
        own[at + dim] = 1;
      }
    }
  }
  if (mirror === undefined || first !== undefined) return own.join();
  const swapped = own.map((_, at) => own[at - (at % DIM_COUNT) + (mirror[at % DIM_COUNT] ?? 0)]).join();
  return swapped < own.join() ? swapped : own.join();
}
