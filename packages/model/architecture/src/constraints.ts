import { own } from '@archon-dse/core';
import {
  boundOf,
  DIMS,
  type Dim,
  type LevelConstraint,
  type MapspaceConstraints,
  type Problem,
  type SpatialConstraint,
} from '@archon-dse/loop-nest';
import type { ArchitectureDocument, ConstraintDocument } from './schema.js';

type Spatial = NonNullable<ConstraintDocument['spatialX']>;

/** The mapspace of an architecture for a problem, on which `largest` depends: one entry a level. */
export function constraintsOf({ levels, mapspace }: ArchitectureDocument, problem: Problem): MapspaceConstraints {
  return levels.map(({ name, meshX, meshY }): LevelConstraint => {
    const { dims, factors, spatialX, spatialY, ...others } = own(mapspace, name) ?? {};
    return {
      ...others,
      ...(factors === undefined ? {} : { temporal: factors }),
      ...(dims === undefined ? {} : { temporalDims: dims }),
      ...(meshX === 1 ? {} : { spatialX: spatialOf(spatialX, meshX, problem) }),
      ...(meshY === 1 ? {} : { spatialY: spatialOf(spatialY, meshY, problem) }),
    };
  });
}

function spatialOf(given: Spatial | undefined, mesh: number, problem: Problem): SpatialConstraint {
  if (given === undefined) return { dims: DIMS };
  const { dims = [], factors = {}, largest = [], ...limits } = given;
  const fixed: Partial<Record<Dim, number>> = { ...factors };
  for (const dim of largest) {
    const taken = Object.values(fixed).reduce((product, factor) => product * factor, 1);
    fixed[dim] = largestDivisor(boundOf(problem, dim), Math.floor(mesh / taken));
  }
  return { dims, fixed, ...limits };
}

/** The largest divisor of a bound that a mesh has room for. */
function largestDivisor(bound: number, room: number): number {
  let divisor = Math.min(bound, Math.max(room, 1));
  while (bound % divisor !== 0) divisor -= 1;
  return divisor;
}
