import { permutations } from '../src/mapspace/orders.js';
import type { LevelConstraint, MapspaceConstraints } from '../src/mapspace/mapspace.js';
import type { Loop, LoopKind, Mapping } from '../src/model/mapping.js';
import type { Architecture, Level } from '../src/model/architecture.js';
import { boundOf, DIMS, type DataSpace, type Dim, type Problem } from '../src/model/problem.js';

/**
 * The mapspace, enumerated the plain way from the constraints as they are written: every ordered factorization of every dimension over
 * all places, every order of the temporal loops, every mapping checked and evaluated. Nothing of the mapper is used.
 */
export function* allTilings(
  problem: Problem,
  constraints: MapspaceConstraints,
  remainders = false,
): Generator<Loop[][]> {
  function* place(dims: readonly Dim[]): Generator<Loop[][]> {
    const [dim, ...others] = dims;
    if (dim === undefined) return yield constraints.map(() => []);
    for (const rest of place(others)) {
      const size = boundOf(problem, dim);
      const all = remainders
        ? cover(dim, size, 1, placesOf(constraints, dim), [])
        : spread(dim, size, placesOf(constraints, dim));
      for (const own of all) {
        yield rest.map((loops, level) => [...loops, ...(own[level] ?? [])]);
      }
    }
  }
  function* spread(dim: Dim, bound: number, places: Place[]): Generator<Loop[][]> {
    const [first, ...others] = places;
    if (first === undefined) {
      if (bound === 1) yield constraints.map(() => []);
      return;
    }
    for (let f = 1; f <= bound; f++) {
      if (bound % f !== 0 || (first.factor !== 'rest' && first.factor !== f)) continue;
      if (f < first.least || f > first.most) continue;
      for (const rest of spread(dim, bound / f, others)) {
        yield rest.map((loops, level) =>
          level === first.level ? [{ dim, bound: f, kind: first.kind }, ...loops] : loops,
        );
      }
    }
  }
  /** Bounds that multiply to the size or more, none of which could be one smaller. */
  function* cover(dim: Dim, size: number, product: number, places: Place[], chosen: number[]): Generator<Loop[][]> {
    const [first, ...others] = places;
    if (first === undefined) {
      if (product < size || chosen.some((f) => (product / f) * (f - 1) >= size)) return;
      const own = placesOf(constraints, dim).map(({ level, kind }, i) => ({
        level,
        loop: { dim, kind, bound: chosen[i] ?? 1 },
      }));
      yield constraints.map((_, level) => own.flatMap((at) => (at.level === level ? [at.loop] : [])));
      return;
    }
    for (let f = 1; f <= Math.max(size, first.factor === 'rest' ? 1 : first.factor); f++) {
      if ((first.factor !== 'rest' && first.factor !== f) || f < first.least || f > first.most) continue;
      if (product * (f - 1) < size) yield* cover(dim, size, product * f, others, [...chosen, f]);
    }
  }
  yield* place([...DIMS].reverse());
}

interface Place {
  readonly level: number;
  readonly kind: LoopKind;
  readonly factor: number | 'rest';
  readonly least: number;
  readonly most: number;
}

function placesOf(constraints: MapspaceConstraints, dim: Dim): Place[] {
  return constraints.flatMap((constraint, level): Place[] => {
    const allowed = constraint.temporalDims?.includes(dim) ?? true;
    const spatial = (['spatialX', 'spatialY'] as const).map((kind): Place => {
      const axis = constraint[kind];
      const factor = axis?.fixed?.[dim] ?? (axis?.dims.includes(dim) ? 'rest' : 1);
      return { level, kind, factor, least: axis?.least?.[dim] ?? 1, most: axis?.most?.[dim] ?? Infinity };
    });
    const factor = constraint.temporal?.[dim] ?? (allowed ? 'rest' : 1);
    const { least, most } = constraint;
    return [{ level, kind: 'temporal', factor, least: least?.[dim] ?? 1, most: most?.[dim] ?? Infinity }, ...spatial];
  });
}

export function allOrders(tiling: Loop[][], constraints: MapspaceConstraints): Mapping[] {
  return tiling.reduce<Mapping[]>(
    (mappings, loops, level) => {
      const order = constraints[level]?.order ?? [];
      const temporal = loops.filter((loop) => loop.kind === 'temporal' && loop.bound > 1);
      const spatial = loops.filter((loop) => loop.kind !== 'temporal' && loop.bound > 1);
      const pinned = order.flatMap((dim) => temporal.filter((loop) => loop.dim === dim));
      const free = temporal.filter((loop) => !order.includes(loop.dim));
      const orders = permutations(free.map((_, i) => i)).map((places) => places.flatMap((i) => free[i] ?? []));
      return mappings.flatMap((outer) => orders.map((inner) => [...outer, [...pinned, ...inner, ...spatial]]));
    },
    [[]],
  );
}

/** Whether a tiling spreads over as many instances as the constraints ask for. */
export function isSpread(tiling: Loop[][], { levels }: Architecture, constraints: MapspaceConstraints): boolean {
  return levels.every(({ meshX, meshY }, l) => {
    const least = constraints[l]?.minParallelism ?? 0;
    const spatial = (tiling[l] ?? []).filter(({ kind }) => kind !== 'temporal');
    const instances = spatial.reduce((product, { bound }) => product * bound, 1);
    return instances >= (least > 1 ? least : least * meshX * meshY);
  });
}

/** The architecture and its constraints with every choice of bypass and uneven levels that the constraints leave. */
export function allVariants(architecture: Architecture, constraints: MapspaceConstraints): PlainVariant[] {
  return architecture.levels.reduceRight<PlainVariant[]>(
    (variants, level, l) =>
      variants.flatMap((inner) => {
        const own = constraints[l] ?? {};
        return subsetsOf(level.keeps.filter((space) => own.mayBypass?.includes(space))).flatMap((bypassed) => {
          const keeps = level.keeps.filter((space) => !bypassed.includes(space));
          const even = [{ ...level, keeps }];
          const all = [{ levels: [...even, ...inner.levels], constraints: [own, ...inner.constraints] }];
          if (own.mayBeUneven !== true || keeps.length < 2) return all;
          return [
            ...all,
            ...permutations(keeps.map((_, i) => i)).map((order) => uneven(level, keeps, order, own, inner)),
          ];
        });
      }),
    [{ levels: [], constraints: [] }],
  );
}

export interface PlainVariant {
  readonly levels: readonly Level[];
  readonly constraints: MapspaceConstraints;
}

function subsetsOf<T>([first, ...others]: readonly T[]): T[][] {
  if (first === undefined) return [[]];
  return subsetsOf(others).flatMap((set) => [set, [first, ...set]]);
}

function uneven(
  level: Level,
  keeps: readonly DataSpace[],
  order: readonly number[],
  own: LevelConstraint,
  inner: PlainVariant,
): PlainVariant {
  const given = Object.keys(own.temporal ?? {});
  const outer: LevelConstraint = {
    temporalDims: (own.temporalDims ?? DIMS).filter((dim) => !given.includes(dim)),
    ...(own.order === undefined ? {} : { order: own.order }),
    ...(own.most === undefined ? {} : { most: own.most }),
  };
  const levels = order.map((i, at) => ({
    ...{ ...level, keeps: keeps.slice(i, i + 1), room: 'shared' + level.name },
    ...(at < order.length - 1 ? { meshX: 1, meshY: 1 } : {}),
  }));
  return {
    levels: [...levels, ...inner.levels],
    constraints: [...levels.slice(1).map(() => outer), own, ...inner.constraints],
  };
}
