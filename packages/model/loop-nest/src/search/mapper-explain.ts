import type { Architecture } from '../model/architecture.js';
import { FREE, type MapspaceSlots } from '../mapspace/slots.js';
import { meshOf, type SpatialSplits } from '../mapspace/splits.js';
import { DIMS } from '../model/problem.js';

/** Why the constrained mapspace is empty. */
export interface NoMapping {
  readonly found: false;
  /** What cannot be met: given factors that do not multiply to a bound, a mesh or a level too small; or that the search was stopped. */
  readonly cause: 'factors' | 'mesh' | 'parallelism' | 'capacity' | 'stopped';
  /** Name of the level, if one is to blame. */
  readonly level?: string;
  /** What the constraints take at least, and what there is: words of a level, or instances of a side of a mesh. */
  readonly needs?: number;
  readonly has?: number;
  readonly message: string;
}

/** Explains a search that found nothing, by the splits that a mesh and the tiles that a level turned down. */
export function explainNoMapping(
  slots: MapspaceSlots,
  { levels }: Architecture,
  { overflow: mesh, idle }: SpatialSplits,
  tiles: ReadonlyMap<number, number>,
): NoMapping {
  const factors = explainFactors(slots);
  if (factors !== undefined) return { found: false, cause: 'factors', message: factors };
  const innermost = Math.max(...tiles.keys());
  const level = levels[innermost];
  if (level !== undefined) {
    const [needs = 0, has = 0] = [tiles.get(innermost), level.sizeWords];
    const message = `${level.name} holds ${has} words; the smallest tiles the constraints bring it take ${needs}`;
    return { found: false, cause: 'capacity', level: level.name, needs, has, message };
  }
  if (idle !== undefined) {
    const name = slots.levelNames[idle.level] ?? '';
    const needs = Math.ceil(slots.minParallelism[idle.level] ?? 0);
    const message = `${name} must spread over ${needs} instances or more; the spatial factors of the constraints reach ${idle.product}`;
    return { found: false, cause: 'parallelism', level: name, needs, has: idle.product, message };
  }
  if (mesh === undefined) return { found: false, cause: 'factors', message: 'no factors meet the constraints' };
  const { slot, product } = mesh;
  const name = slots.levelNames[slot.level] ?? '';
  const has = meshOf(slots, slot);
  const message = `${name} has ${has} instances along ${slot.axis}; the spatial factors of the constraints take ${product} or more`;
  return { found: false, cause: 'mesh', level: name, needs: product, has, message };
}

/** A dimension whose given factors cannot multiply to its bound, if there is one. */
function explainFactors(slots: MapspaceSlots): string | undefined {
  for (const [d, dim] of DIMS.entries()) {
    const bound = slots.bounds[d] ?? 1;
    const factors = [
      ...slots.temporal.filter((_, at) => at % DIMS.length === d),
      ...slots.spatial.filter((slot) => slot.dim === d).map((slot) => slot.factor),
    ];
    const given = factors.reduce((product, factor) => (factor === FREE ? product : product * factor), 1);
    if (bound % given !== 0) return `the given factors of ${dim} multiply to ${given}, which does not divide ${bound}`;
    if (given !== bound && !factors.includes(FREE)) {
      return `the given factors of ${dim} multiply to ${given}, not ${bound}, and no level may take the rest`;
    }
  }
  return undefined;
}
