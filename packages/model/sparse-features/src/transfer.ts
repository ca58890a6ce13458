import type { Architecture, DataSpace } from '@archon-dse/loop-nest';
import { isTemporal, type NestLoop } from './nest-loops.js';
import type { Operand } from './operand.js';

/**
 * The words of a data space that a level hands down, one tile of the next level that keeps it (or the operands of a cycle) at a time.
 * A transfer happens once for each iteration of `loops`; those of `part` run while its words stay below, or in places that share them.
 */
export interface Transfer {
  readonly loops: readonly NestLoop[];
  readonly part: readonly NestLoop[];
}

/** Level that keeps a data space next inside `level`; the number of levels where that is the MACs. */
export function childOf({ levels }: Architecture, space: DataSpace, level: number): number {
  const inner = levels.findIndex(({ keeps }, index) => index > level && keeps.includes(space));
  return inner < 0 ? levels.length : inner;
}

/** Level that keeps a data space next outside `level`; undefined for the outermost one. */
export function parentOf({ levels }: Architecture, space: DataSpace, level: number): number | undefined {
  return levels.flatMap(({ keeps }, index) => (index < level && keeps.includes(space) ? [index] : [])).at(-1);
}

/**
 * Words stay below from one iteration of the innermost temporal loop that changes them to the next; the MACs keep nothing. Spatial loops
 * between the two levels hand out words of their own where they move the data space, and share them where they do not.
 *
 * @source which tile of another data space decides about an access follows Wu et al., Sparseloop, MICRO 2022, section 5.3.4
 */
export function transferOf(
  architecture: Architecture,
  nest: readonly NestLoop[],
  { tensor: { space }, dims }: Operand,
  level: number,
): Transfer {
  const child = childOf(architecture, space, level);
  const changing = ({ dim }: NestLoop): boolean => child === architecture.levels.length || dims.has(dim);
  const last = nest.reduce(
    (found, loop, index) => (isTemporal(loop) && loop.level < child && changing(loop) ? index : found),
    -1,
  );
  const isEvent = (loop: NestLoop, index: number): boolean => {
    if (isTemporal(loop)) return index <= last;
    return loop.level < level || (loop.level < child && dims.has(loop.dim));
  };
  return { loops: nest.filter(isEvent), part: nest.filter((loop, index) => !isEvent(loop, index)) };
}
