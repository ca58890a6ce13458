import { own } from '@archon-dse/core';
import { mapspaceBuilt, type Architecture, type Dim } from '@archon-dse/loop-nest';
import { constraintsOf } from './constraints.js';
import type { Refusal } from './refusal.js';
import { ONE } from './room-rules.js';
import type { ArchitectureDocument, ConstraintDocument, LevelDocument } from './schema.js';

type Factors = Readonly<Partial<Record<Dim, number>>>;

/** Choices and limits of the mapper that leave it nothing, or that mean nothing. */
export function choiceRefusals(
  document: ArchitectureDocument,
  architecture: Architecture,
  isSparse: boolean,
): readonly Refusal[] {
  const { levels, mapspace } = document;
  const found = levels.flatMap((level, index) => {
    const constraint = own(mapspace, level.name) ?? {};
    const at = `mapspace.${level.name}`;
    return [
      ...bypassRefusals(at, level, constraint, index === 0),
      ...unevenRefusals(at, level, constraint, { isOutermost: index === 0, isSparse }),
      ...limitRefusals(at, constraint, constraint.factors ?? {}),
      ...(['spatialX', 'spatialY'] as const).flatMap((axis) => {
        const spatial = constraint[axis] ?? {};
        return limitRefusals(`${at}.${axis}`, spatial, spatial.factors ?? {});
      }),
      ...parallelismRefusals(at, level, constraint),
    ];
  });
  const wrong = [...modelRefusals(document, isSparse), ...found];
  return wrong.length > 0 ? wrong : sizeRefusals(document, architecture);
}

/** Ways to count that need others. */
function modelRefusals({ model }: ArchitectureDocument, isSparse: boolean): readonly Refusal[] {
  const refuse = (member: string, message: string, expected: string): readonly Refusal[] => [
    { at: `model.${member}`, message, expected },
  ];
  const [leaves, isExact] = [model.factors === 'remainders', model.semantics === 'exact'];
  if (model.haloSharing && !isExact) {
    return refuse('haloSharing', 'neighbours share halos, which Timeloop does not count', 'false, or semantics: exact');
  }
  if (leaves && !isExact) {
    return refuse('factors', 'factors leave remainders, which Timeloop does not count', 'exact, or semantics: exact');
  }
  return leaves && isSparse
    ? refuse(
        'factors',
        'factors leave remainders, and what zeros save is counted for whole tiles',
        'exact, or no sparse',
      )
    : [];
}

function bypassRefusals(
  at: string,
  { name, keeps }: LevelDocument,
  { mayBypass = [] }: ConstraintDocument,
  isOutermost: boolean,
): readonly Refusal[] {
  const [first] = isOutermost ? mayBypass : mayBypass.filter((space) => !keeps.includes(space));
  if (first === undefined) return [];
  const reason = isOutermost ? 'is the outermost level, which holds everything' : `does not hold ${first}`;
  const others = keeps.length > 0 && !isOutermost ? keeps.join(', ') : 'none';
  return [
    { at: `${at}.mayBypass`, message: `${first} may pass by ${name}, which ${reason}`, expected: `some of: ${others}` },
  ];
}

function unevenRefusals(
  at: string,
  { name, keeps }: LevelDocument,
  { mayBeUneven = false }: ConstraintDocument,
  { isOutermost, isSparse }: { readonly isOutermost: boolean; readonly isSparse: boolean },
): readonly Refusal[] {
  if (!mayBeUneven) return [];
  const refuse = (message: string, expected: string): readonly Refusal[] => [
    { at: `${at}.mayBeUneven`, message, expected },
  ];
  if (isOutermost) return refuse(`${name} is the outermost level, around which there are no loops`, 'another level');
  if (keeps.length < 2) return refuse(`${name} holds fewer than two data spaces`, 'a level that holds two or more');
  return isSparse
    ? refuse('what hardware does with zeros is said of levels as they are', 'no uneven levels with sparse')
    : [];
}

function limitRefusals(
  at: string,
  { most = {}, least = {} }: { readonly most?: Factors; readonly least?: Factors },
  factors: Factors,
): readonly Refusal[] {
  const limits = Object.entries({ most, least }) as ['most' | 'least', Factors][];
  const given = limits.flatMap(([member, own]) => {
    const dim = Object.keys(own).find((one) => factors[one as Dim] !== undefined);
    const message = `${dim ?? ''} has a given factor and a limit`;
    return dim === undefined ? [] : [{ at: `${at}.${member}`, message, expected: 'one of them' }];
  });
  const crossed = (Object.keys(least) as Dim[]).find((dim) => (least[dim] ?? 1) > (most[dim] ?? Infinity));
  if (crossed === undefined) return given;
  const message = `${crossed} has at least ${String(least[crossed])} and at most ${String(most[crossed])}`;
  return [...given, { at: `${at}.least`, message, expected: `at most ${String(most[crossed])}` }];
}

function parallelismRefusals(
  at: string,
  { name, meshX, meshY }: LevelDocument,
  { minParallelism = 0 }: ConstraintDocument,
): readonly Refusal[] {
  if (minParallelism <= meshX * meshY) return [];
  const message = `${name} has ${meshX * meshY} instances below it, and ${minParallelism} should work`;
  return [{ at: `${at}.minParallelism`, message, expected: `at most ${meshX * meshY}, or a share up to 1` }];
}

/** What is left is how many choices there are in all, which the search knows. */
function sizeRefusals(document: ArchitectureDocument, architecture: Architecture): readonly Refusal[] {
  try {
    mapspaceBuilt(ONE, architecture, constraintsOf(document, ONE));
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ at: 'mapspace', message: error.message, expected: 'fewer levels that may be bypassed or uneven' }];
  }
}
