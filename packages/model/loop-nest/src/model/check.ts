import type { Architecture, Level } from './architecture.js';
import { checkCapacity } from './capacity.js';
import type { Loop, LoopKind, Mapping } from './mapping.js';
import { Geometry } from './geometry.kernel.js';
import type { ModelOptions } from './model-options.js';
import { boundOf, DIMS, type Dim, type Problem } from './problem.js';

export interface CheckOptions extends Pick<ModelOptions, 'semantics'> {
  /** Whether bounds may cover more than the problem, its last tiles being smaller; for the exact semantics only. */
  readonly remainders?: boolean;
}

/**
 * Why a mapping cannot run on an architecture, or nothing when it can: its shape (see `checkShape`) or a level whose tiles
 * exceed its capacity. Data spaces share a level's words freely, and levels those of their room. The semantics decide what a tile holds.
 */
export function checkMapping(
  problem: Problem,
  architecture: Architecture,
  mapping: Mapping,
  options: CheckOptions = {},
): string | undefined {
  const geometry = new Geometry(problem, options);
  return checkShape(problem, architecture, mapping, options) ?? checkCapacity(geometry, architecture, mapping);
}

/**
 * Why a mapping is none of this problem on this architecture, or nothing: wrong number of levels, bounds that are no positive
 * integers or do not multiply to the problem's (with remainders: do not cover it, or still would with one less), a temporal loop inside a spatial one of its level, or more instances than the mesh.
 */
export function checkShape(
  problem: Problem,
  { levels }: Architecture,
  mapping: Mapping,
  { remainders = false }: CheckOptions = {},
): string | undefined {
  if (problem.depthwise === true && problem.C !== 1) return `a depthwise problem has C = 1, not ${problem.C}`;
  if (mapping.length !== levels.length) {
    return `the mapping has ${mapping.length} levels, the architecture ${levels.length}`;
  }
  for (const dim of DIMS) {
    const bounds = mapping.flat().flatMap((loop) => (loop.dim === dim ? [loop.bound] : []));
    const reason = checkBounds(dim, bounds, boundOf(problem, dim), remainders);
    if (reason !== undefined) return reason;
  }
  return firstReason(levels, (level, l) => checkLoops(level, mapping[l] ?? []));
}

function checkBounds(dim: Dim, bounds: readonly number[], size: number, remainders: boolean): string | undefined {
  const product = bounds.reduce((covered, bound) => covered * bound, 1);
  if (product === size) return undefined;
  const differs = `the bounds of ${dim} multiply to ${product}, the problem has ${size}`;
  if (product < size || !bounds.every(Number.isInteger)) return differs;
  if (!remainders) return `${differs}; remainders need the exact semantics`;
  const spare = bounds.find((bound) => (product / bound) * (bound - 1) >= size);
  return spare === undefined ? undefined : `${differs}, which ${dim}${spare - 1} in place of ${dim}${spare} covers too`;
}

function checkLoops(level: Level, loops: readonly Loop[]): string | undefined {
  const bad = loops.find((loop) => !Number.isInteger(loop.bound) || loop.bound < 1);
  if (bad !== undefined) return `${level.name}: bound ${bad.bound} of ${bad.dim} is not a positive integer`;
  const spatial = loops.findIndex((loop) => loop.kind !== 'temporal');
  const late = spatial < 0 ? undefined : loops.slice(spatial).find((loop) => loop.kind === 'temporal');
  if (late !== undefined) return `${level.name}: temporal loop ${late.dim}${late.bound} stands inside a spatial loop`;
  const size = (kind: LoopKind): number =>
    loops.reduce((product, loop) => (loop.kind === kind ? product * loop.bound : product), 1);
  const [x, y] = [size('spatialX'), size('spatialY')];
  if (x > level.meshX) return `${level.name}: spatial bounds along X multiply to ${x}, the mesh has ${level.meshX}`;
  if (y > level.meshY) return `${level.name}: spatial bounds along Y multiply to ${y}, the mesh has ${level.meshY}`;
  return undefined;
}

function firstReason(
  levels: readonly Level[],
  check: (level: Level, index: number) => string | undefined,
): string | undefined {
  return levels.map(check).find((reason) => reason !== undefined);
}
