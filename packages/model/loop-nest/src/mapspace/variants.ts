import type { Architecture } from '../model/architecture.js';
import { DATA_SPACES, type DataSpace } from '../model/problem.js';
import type { MapspaceConstraints } from './mapspace.js';

/** Most variants a search takes on; each may multiply its time. */
const MOST_VARIANTS = 4096;

/**
 * The architectures among which constraints leave the choice: with every set of data spaces bypassing the levels that need not keep them.
 * The first one keeps all.
 *
 * @throws RangeError when the outermost level may be bypassed, or there are more than 4,096 variants
 */
export function variantsOf(architecture: Architecture, constraints: MapspaceConstraints): readonly Architecture[] {
  const choices = architecture.levels.flatMap(({ keeps }, level) =>
    DATA_SPACES.filter((space) => constraints[level]?.mayBypass?.includes(space) && keeps.includes(space)).map(
      (space) => ({ level, space }),
    ),
  );
  if (choices.some(({ level }) => level === 0)) throw new RangeError('the outermost level keeps every data space');
  if (2 ** choices.length > MOST_VARIANTS) {
    throw new RangeError(
      `${choices.length} choices of bypass make 2^${choices.length} variants, more than ${MOST_VARIANTS}`,
    );
  }
  return Array.from({ length: 2 ** choices.length }, (_, set) => {
    const bypassed = choices.filter((__, i) => (set >> i) & 1);
    return bypassed.length === 0 ? architecture : without(architecture, bypassed);
  });
}

function without(
  architecture: Architecture,
  bypassed: readonly { readonly level: number; readonly space: DataSpace }[],
): Architecture {
  const levels = architecture.levels.map((level, l) => {
    const keeps = level.keeps.filter((space) => !bypassed.some((own) => own.level === l && own.space === space));
    return keeps.length === level.keeps.length ? level : { ...level, keeps };
  });
  return { ...architecture, levels };
}
