import { C, DIM_COUNT, M, N, P, Q, R, S } from '../model/places.js';
import type { Problem } from '../model/problem.js';
import type { MapspaceSlots, SpatialSlot } from './slots.js';
import type { SpatialSplit } from './splits.js';

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
  const mirror = Array.from({ length: DIM_COUNT }, (_, dim) => SWAPPED[dim] ?? dim);
  return { alike: alikeDims(problem, slots), mirror: isSquare(problem, slots) ? mirror : undefined };
}

function alikeDims(problem: Problem, slots: MapspaceSlots): number[] {
  const [rows, columns] = [problem.R === 1 && problem.strideP === 1, problem.S === 1 && problem.strideQ === 1];
  const plane = [...(rows ? [P] : []), ...(columns ? [Q] : []), N].filter((dim) => (slots.bounds[dim] ?? 1) > 1);
  const [first = N, ...others] = plane;
  // A limit of one dimension's factor is not one of a product.
  const isUnlimited = (dim: number): boolean =>
    ((slots.limited >> dim) & 1) === 0 &&
    slots.spatial.every((slot) => slot.dim !== dim || (slot.least === 1 && slot.most === Infinity));
  const alike = plane.every(isUnlimited) && others.every((dim) => treatedEqually(slots, first, dim));
  return alike && plane.length > 1 ? plane : [];
}

function isSquare(problem: Problem, slots: MapspaceSlots): boolean {
  const { dilationR = 1, dilationS = 1, strideP, strideQ } = problem;
  const sizes = problem.P === problem.Q && problem.R === problem.S;
  const steps = strideP === strideQ && dilationR === dilationS;
  return sizes && steps && treatedEqually(slots, P, Q) && treatedEqually(slots, R, S);
}

function treatedEqually(slots: MapspaceSlots, a: number, b: number): boolean {
  const placesOf = (dim: number): string =>
    JSON.stringify([
      [slots.temporal, slots.least, slots.most].map((table) => table.filter((_, at) => at % DIM_COUNT === dim)),
      slots.spatial.filter((slot) => slot.dim === dim).map((slot) => ({ ...slot, dim: 0 })),
    ]);
  const ordered = slots.orders.some((order) => order.includes(a) || order.includes(b));
  return !ordered && placesOf(a) === placesOf(b);
}

/**
 * Leaves out spatial splits that are no better than an earlier one: those with the same products at every level, whichever the axes, or
 * with products that a symmetry takes to each other.
 */
export function distinctSplits(
  splits: readonly SpatialSplit[],
  slots: MapspaceSlots,
  { alike, mirror }: Symmetry,
): readonly SpatialSplit[] {
  const placeOf = ({ level, dim }: SpatialSlot, swap: readonly number[] | undefined): number =>
    level * DIM_COUNT + (alike.includes(dim) ? (alike[0] ?? dim) : (swap?.[dim] ?? dim));
  const places = [...new Set(slots.spatial.map((slot) => placeOf(slot, undefined)))];
  if (places.length === slots.spatial.length && mirror === undefined) return splits;
  const keyBy = (swap: readonly number[] | undefined): ((split: SpatialSplit) => string) => {
    const at = slots.spatial.map((slot) => places.indexOf(placeOf(slot, swap)));
    return ({ bounds }) => {
      const products = places.map(() => 1);
      bounds.forEach((bound, i) => (products[at[i] ?? 0] = (products[at[i] ?? 0] ?? 1) * bound));
      return products.join();
    };
  };
  const own = keyBy(undefined);
  const mirrored = keyBy(mirror);
  const seen = new Set<string>();
  return splits.filter((split) => {
    const key = own(split);
    const isNew = !seen.has(key);
    seen.add(key);
    if (mirror !== undefined) seen.add(mirrored(split));
    return isNew;
  });
}
