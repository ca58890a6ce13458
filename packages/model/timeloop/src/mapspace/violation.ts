import {
  DIMS,
  type Dim,
  type LevelConstraint,
  type Loop,
  type LoopKind,
  type Mapping,
  type SpatialConstraint,
} from '@archon-dse/loop-nest';
import type { PlacedLevel } from '../architecture/read-architecture.js';
import type { NamedProblem } from '../problem/read-problem.js';

/**
 * Why constraints forbid a mapping, in the names of the files, or nothing. A factor that is what the others leave over forbids none.
 */
export function violationOf(
  mapping: Mapping,
  constraints: readonly LevelConstraint[],
  levels: readonly PlacedLevel[],
  { dims }: NamedProblem,
): string | undefined {
  const names = new Map([...dims].map(([theirs, ours]) => [ours, theirs]));
  for (const [l, constraint] of constraints.entries()) {
    const found = wrongFactor(mapping[l] ?? [], constraint) ?? wrongOrder(mapping[l] ?? [], constraint);
    if (found !== undefined) return `${names.get(found.dim) ?? found.dim}${found.text} at ${levels[l]?.name ?? ''}`;
  }
  return undefined;
}

interface Found {
  readonly dim: Dim;
  readonly text: string;
}

function wrongFactor(loops: readonly Loop[], constraint: LevelConstraint): Found | undefined {
  const { temporal = {}, temporalDims = DIMS, most = {}, least = {}, spatialX, spatialY } = constraint;
  const kinds: readonly (readonly [LoopKind, SpatialConstraint | undefined])[] = [
    ['temporal', { fixed: temporal, dims: temporalDims, most, least }],
    ['spatialX', spatialX],
    ['spatialY', spatialY],
  ];
  for (const [kind, limits] of kinds) {
    for (const dim of DIMS) {
      const bound = loops.reduce(
        (product, loop) => (loop.dim === dim && loop.kind === kind ? product * loop.bound : product),
        1,
      );
      const expected = wrongBound(dim, bound, limits);
      const where = kind === 'temporal' ? '' : ` along ${kind.slice(-1)}`;
      if (expected !== undefined) return { dim, text: ` is ${bound}${where}, not ${expected}` };
    }
  }
  return undefined;
}

/** What a bound had to be, if it is not. */
function wrongBound(dim: Dim, bound: number, limits: SpatialConstraint | undefined): string | undefined {
  const { dims = [], fixed = {}, most = {}, least = {} } = limits ?? {};
  const given = fixed[dim] ?? (dims.includes(dim) ? undefined : 1);
  if (typeof given === 'number' && bound !== given) return String(given);
  const [upper, lower] = [most[dim] ?? Infinity, least[dim] ?? 1];
  if (bound > upper) return `${upper} or less`;
  return bound < lower ? `${lower} or more` : undefined;
}

/** Loops whose order is given stand in it, outside those whose order is open. */
function wrongOrder(loops: readonly Loop[], { order = [] }: LevelConstraint): Found | undefined {
  const place = ({ dim }: Loop): number => (order.includes(dim) ? order.indexOf(dim) : order.length);
  const temporal = loops.filter(({ kind, bound }) => kind === 'temporal' && bound > 1);
  const late = temporal.find((loop, index) => temporal.slice(index + 1).some((inner) => place(inner) < place(loop)));
  return late && { dim: late.dim, text: ' is outside a loop that is to be outside it' };
}
