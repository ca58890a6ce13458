import type { MapspaceSlots } from '../mapspace/slots.js';
import type { Loop, LoopKind, Mapping } from '../model/mapping.js';
import { DIMS } from '../model/problem.js';
import type { Choice } from './search.kernel.js';

/** A choice written as loops. */
export function toMapping(
  slots: MapspaceSlots,
  { split, factors, orders }: Pick<Choice, 'split' | 'factors' | 'orders'>,
): Mapping {
  const loop = (dim: number, bound: number, kind: LoopKind): Loop => ({ dim: DIMS[dim] ?? 'C', bound, kind });
  return orders.map((order, level) => [
    ...order.map((dim) => loop(dim, factors[level * DIMS.length + dim] ?? 1, 'temporal')),
    ...slots.spatial.flatMap((slot, i) => {
      const bound = split.bounds[i] ?? 1;
      return slot.level === level && bound > 1 ? [loop(slot.dim, bound, `spatial${slot.axis}`)] : [];
    }),
  ]);
}
