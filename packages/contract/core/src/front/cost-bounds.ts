import type { Costs } from './pareto.js';

/** Best and worst corner of a set of cost vectors, and the hypervolume's reference corner. */
export interface CostBounds {
  readonly ideal: Costs;
  readonly worst: Costs;
  readonly reference: Costs;
}

/** How far outside the worst corner the reference lies, as a share of each objective's range. */
const REFERENCE_MARGIN = 0.1;

/**
 * Bounds of at least one finite cost vector. The reference is the worst value plus a tenth of the range, so that the
 * extreme points count too; an objective with one value only takes a tenth of that value, or 1 at zero.
 *
 * @param costs - so many values a vector, one vector after the other
 */
export function costBounds(costs: Float64Array, dimensions: number): CostBounds {
  const ideal = new Array<number>(dimensions).fill(Infinity);
  const worst = new Array<number>(dimensions).fill(-Infinity);
  for (const [at, cost] of costs.entries()) {
    const i = at % dimensions;
    ideal[i] = Math.min(ideal[i] ?? cost, cost);
    worst[i] = Math.max(worst[i] ?? cost, cost);
  }
  const reference = worst.map((value, i) => {
    const range = value - (ideal[i] ?? value);
    return value + REFERENCE_MARGIN * (range || Math.abs(value) || 1 / REFERENCE_MARGIN);
  });
  return { ideal, worst, reference };
}
