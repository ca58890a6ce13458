import { fail } from '@archon-dse/core';
import {
  DATA_SPACES,
  DIMS,
  type Architecture,
  type Dim,
  type Level,
  type LevelConstraint,
  type Loop,
  type Mapping,
  type MapspaceConstraints,
} from '@archon-dse/loop-nest';

/** The directives of a mapping: for each level the data it keeps, its loops in time and in space. */
export function mappingDirectives({ levels }: Architecture, mapping: Mapping): readonly object[] {
  return levels.flatMap((level, l) => {
    const loops = mapping[l] ?? [];
    const temporal = loops.filter(({ kind }) => kind === 'temporal');
    const x = loops.filter(({ kind }) => kind === 'spatialX');
    const y = loops.filter(({ kind }) => kind === 'spatialY');
    return [
      keep(level),
      { target: level.name, type: 'temporal', ...nest(temporal) },
      ...(level.meshX * level.meshY > 1
        ? [{ target: level.name, type: 'spatial', ...nest([...y, ...x]), split: x.length }]
        : []),
    ];
  });
}

/** The targets of constraints that leave the same mapspace. */
export function constraintTargets({ levels }: Architecture, constraints: MapspaceConstraints): readonly object[] {
  return levels.flatMap((level, l) => {
    const constraint = constraints[l] ?? {};
    return [keep(level), temporal(level, constraint), ...spatial(level, constraint)];
  });
}

function keep({ name, keeps }: Level): object {
  return { target: name, type: 'bypass', keep: keeps, bypass: DATA_SPACES.filter((space) => !keeps.includes(space)) };
}

/** Loops outer to inner, as factors and a permutation inner to outer. */
function nest(loops: readonly Loop[]): object {
  const order = [...loops].reverse().map(({ dim }) => dim);
  const twice = order.find((dim, index) => order.indexOf(dim) !== index);
  if (twice !== undefined) unsupported(`${twice} has two loops of a kind at one level`);
  return {
    factors: factorsText(DIMS.map((dim) => [dim, loops.find((loop) => loop.dim === dim)?.bound ?? 1])),
    permutation: [...order, ...DIMS.filter((dim) => !order.includes(dim))].join(''),
  };
}

type Factors = readonly (readonly [dim: Dim, factor: number | 'rest'])[];

function factorsText(factors: Factors): string {
  return factors.map(([dim, factor]) => `${dim}=${factor === 'rest' ? 0 : factor}`).join(' ');
}

function temporal({ name }: Level, { temporal: fixed = {}, temporalDims = DIMS, order }: LevelConstraint): object {
  const factors = DIMS.flatMap((dim): Factors => {
    const given = fixed[dim] ?? (temporalDims.includes(dim) ? undefined : 1);
    return given === undefined ? [] : [[dim, given]];
  });
  const outer = [...(order ?? [])].reverse().join('');
  return {
    target: name,
    type: 'temporal',
    factors: factorsText(factors),
    ...(outer === '' ? {} : { permutation: `_${outer}` }),
  };
}

function spatial({ name, meshX, meshY }: Level, { spatialX, spatialY }: LevelConstraint): readonly object[] {
  if (meshX * meshY === 1) return [];
  const along = (axis: LevelConstraint['spatialX']): ReadonlyMap<Dim, number | 'rest' | undefined> =>
    new Map(
      DIMS.flatMap((dim) => {
        const given = axis?.fixed?.[dim];
        if (given === 1 || (given === undefined && axis?.dims.includes(dim) !== true)) return [];
        return [[dim, given] as const];
      }),
    );
  const [x, y] = [
    meshX > 1 ? along(spatialX) : new Map<Dim, undefined>(),
    meshY > 1 ? along(spatialY) : new Map<Dim, undefined>(),
  ];
  const both = [...x.keys()].filter((dim) => y.has(dim));
  const isSame =
    both.length === x.size &&
    both.length === y.size &&
    both.every((dim) => x.get(dim) === undefined && y.get(dim) === undefined);
  if (both.length > 0 && !isSame) unsupported(`${name} may spread ${both.join(', ')} along both axes`);
  const closed = DIMS.filter((dim) => !x.has(dim) && !y.has(dim));
  const factors = [
    ...closed.map((dim) => [dim, 1] as const),
    ...[...x, ...y].flatMap(([dim, given]): Factors => (given === undefined ? [] : [[dim, given]])),
  ];
  const target = { target: name, type: 'spatial', factors: factorsText(factors) };
  if (isSame && both.length > 0) return [target];
  return [{ ...target, permutation: [...x.keys(), ...closed, ...y.keys()].join(''), split: x.size }];
}

function unsupported(message: string): never {
  return fail({ code: 'ARCHON_TIMELOOP_UNSUPPORTED', message, expected: 'what directives of Timeloop can say' });
}
