import type { Architecture, Level } from '../model/architecture.js';
import { DATA_SPACES, DIMS, type DataSpace } from '../model/problem.js';
import type { LevelConstraint, MapspaceConstraints } from './mapspace.js';
import { permutations } from './orders.js';

/** Most variants a search takes on; each may multiply its time. */
const MOST_VARIANTS = 4096;

/** An architecture with its constraints, level by level. */
export interface Variant {
  readonly architecture: Architecture;
  readonly constraints: MapspaceConstraints;
}

/** A level as a variant has it: itself, or the levels that share its room. */
type Part = readonly { readonly level: Level; readonly constraint: LevelConstraint }[];

/**
 * The architectures among which constraints leave the choice: with every set of data spaces bypassing the levels that need not keep them, and
 * with a place in the loop order for each data space of the levels that may be uneven. The first one is the architecture as it is.
 *
 * @throws RangeError when the constraints do not have one entry a level, leave a choice at the outermost level, or make more than 4,096 variants
 */
export function variantsOf(architecture: Architecture, constraints: MapspaceConstraints): readonly Variant[] {
  const { levels } = architecture;
  if (constraints.length !== levels.length) {
    throw new RangeError(`${constraints.length} level constraints for ${levels.length} levels; expected one a level`);
  }
  const parts = levels.map((level, l) => partsOf(level, constraints[l] ?? {}));
  if ((parts[0]?.length ?? 1) > 1) throw new RangeError('the outermost level keeps every data space, at one place');
  const count = parts.reduce((product, own) => product * own.length, 1);
  if (count === 1) return [{ architecture, constraints }];
  if (count > MOST_VARIANTS) {
    throw new RangeError(`the choices of bypass and uneven levels make ${count} variants, more than ${MOST_VARIANTS}`);
  }
  return parts
    .reduce<Part[]>((variants, own) => variants.flatMap((outer) => own.map((part) => [...outer, ...part])), [[]])
    .map((all, i) => ({
      architecture: i === 0 ? architecture : { ...architecture, levels: all.map(({ level }) => level) },
      constraints: i === 0 ? constraints : all.map(({ constraint }) => constraint),
    }));
}

function partsOf(level: Level, constraint: LevelConstraint): Part[] {
  const optional = level.keeps.filter((space) => constraint.mayBypass?.includes(space) === true);
  const sets = optional.reduce<DataSpace[][]>((own, space) => [...own, ...own.map((set) => [...set, space])], [[]]);
  return sets.flatMap((bypassed) => {
    const keeps = level.keeps.filter((space) => !bypassed.includes(space));
    const even: Part = [{ level: bypassed.length === 0 ? level : { ...level, keeps }, constraint }];
    return constraint.mayBeUneven === true && keeps.length > 1
      ? [even, ...unevenParts(level, keeps, constraint)]
      : [even];
  });
}

/** One level a data space, in every order, all in one room. The innermost one has the mesh, and the factors that are given. */
function unevenParts(level: Level, keeps: readonly DataSpace[], constraint: LevelConstraint): Part[] {
  const { temporalDims = DIMS, temporal = {}, order: pinned, most } = constraint;
  const outer: LevelConstraint = {
    temporalDims: temporalDims.filter((dim) => temporal[dim] === undefined),
    ...(pinned === undefined ? {} : { order: pinned }),
    ...(most === undefined ? {} : { most }),
  };
  return permutations(keeps.map((space) => DATA_SPACES.indexOf(space))).map((order) =>
    order.map((place, i) => {
      const space = DATA_SPACES[place] ?? 'Weights';
      const own = { ...level, name: `${level.name} (${space})`, keeps: [space], room: level.room ?? level.name };
      return i === order.length - 1
        ? { level: own, constraint }
        : { level: { ...own, meshX: 1, meshY: 1 }, constraint: outer };
    }),
  );
}
