import { hintOf, own } from '@archon-dse/core';
import { DIMS, type Dim } from '@archon-dse/loop-nest';
import type { Refusal } from './refusal.js';
import type { ArchitectureDocument, ConstraintDocument, LevelDocument } from './schema.js';

type Spatial = NonNullable<ConstraintDocument['spatialX']>;

/** Everything in a mapspace that no mapping could honour, or that would silently mean something else. */
export function mapspaceRefusals(document: ArchitectureDocument): readonly Refusal[] {
  const { levels, mapspace } = document;
  const names = levels.map(({ name }) => name);
  const unknown = Object.keys(mapspace).filter((name) => !names.includes(name));
  return [
    ...unknown.map((name) => ({
      at: `mapspace.${name}`,
      message: `the mapspace constrains "${name}", which is no level`,
      expected: `one of: ${names.join(', ')}`,
      ...hintOf(name, names),
    })),
    ...levels.flatMap((level) => constraintRefusals(level, own(mapspace, level.name) ?? {})),
    ...homelessDims(document),
  ];
}

function constraintRefusals(level: LevelDocument, constraint: ConstraintDocument): readonly Refusal[] {
  const at = `mapspace.${level.name}`;
  const { dims, factors = {}, order = [] } = constraint;
  const strangers = order.filter((dim) => dims !== undefined && !dims.includes(dim) && factors[dim] === undefined);
  return [
    ...overlap(`${at}.factors`, dims ?? [], factors),
    ...strangers.map((dim) => ({
      at: `${at}.order`,
      message: `the order has ${dim}, which may not loop at ${level.name}`,
      expected: `dimensions that may: ${[...(dims ?? []), ...Object.keys(factors)].join(', ') || 'none'}`,
      hint: `Add ${dim} to dims, or take it out of the order.`,
    })),
    ...spatialRefusals(`${at}.spatialX`, level.meshX, constraint.spatialX),
    ...spatialRefusals(`${at}.spatialY`, level.meshY, constraint.spatialY),
  ];
}

function spatialRefusals(at: string, mesh: number, spatial: Spatial | undefined): readonly Refusal[] {
  if (spatial === undefined) return [];
  const { dims = [], factors = {}, largest = [] } = spatial;
  const product = Object.values(factors).reduce((all, factor) => all * factor, 1);
  const isFixed = dims.length === 0 && largest.length === 0;
  const both = largest.find((dim) => factors[dim] !== undefined || dims.includes(dim));
  return [
    ...overlap(`${at}.factors`, dims, factors),
    ...(both === undefined
      ? []
      : [
          {
            at: `${at}.largest`,
            message: `${both} is spread as far as it goes and otherwise too`,
            expected: `${both} once`,
          },
        ]),
    ...(product <= mesh
      ? []
      : [
          {
            at: `${at}.factors`,
            message: `the factors multiply to ${product}, the mesh has ${mesh}`,
            expected: `a product of at most ${mesh}`,
          },
        ]),
    ...(!isFixed || product >= mesh
      ? []
      : [
          {
            at,
            message: `${product} of ${mesh} instances could ever work: no dimension may be spread over the others`,
            expected: `factors that multiply to ${mesh}, or dimensions under dims or largest`,
          },
        ]),
  ];
}

function overlap(
  at: string,
  dims: readonly Dim[],
  factors: Readonly<Partial<Record<Dim, number>>>,
): readonly Refusal[] {
  const both = dims.filter((dim) => factors[dim] !== undefined);
  return both.map((dim) => ({
    at,
    message: `${dim} has a given factor and is one that the mapper chooses`,
    expected: `${dim} under factors or under dims`,
  }));
}

/** Dimensions that no level may loop over: no layer that has them could be mapped. */
function homelessDims({ levels, mapspace }: ArchitectureDocument): readonly Refusal[] {
  const missing = DIMS.filter((dim) => !levels.some((level) => mayLoop(level, own(mapspace, level.name) ?? {}, dim)));
  if (missing.length === 0) return [];
  return [
    {
      at: 'mapspace',
      message: `no level may loop over ${missing.join(', ')}`,
      expected: 'a level for each dimension, so that layers which have it can be mapped',
    },
  ];
}

function mayLoop({ meshX, meshY }: LevelDocument, constraint: ConstraintDocument, dim: Dim): boolean {
  const { dims, factors = {}, spatialX, spatialY } = constraint;
  if (dims === undefined || dims.includes(dim) || factors[dim] !== undefined) return true;
  const spreads = (mesh: number, spatial: Spatial | undefined): boolean =>
    mesh > 1 &&
    (spatial === undefined ||
      [...(spatial.dims ?? []), ...(spatial.largest ?? [])].includes(dim) ||
      spatial.factors?.[dim] !== undefined);
  return spreads(meshX, spatialX) || spreads(meshY, spatialY);
}
