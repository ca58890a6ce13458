import { packingOf, type Level } from './architecture.js';
import { DATA_SPACES, type DataSpace } from './problem.js';

/** Words of a data space whose tiles take one word of a level's size: half as many where each has two tiles there. */
export function roomShare(level: Level, space: DataSpace): number {
  return level.doubleBuffered === true ? packingOf(level, space) / 2 : packingOf(level, space);
}

/**
 * The room of each level by the index of its first level; a level without one is a room of its own.
 *
 * @throws RangeError when levels of one room are apart, differ in size or bandwidth, keep the same data space, or an outer one is spread
 */
export function roomsOf(levels: readonly Level[]): readonly number[] {
  const rooms = levels.map(({ room }, l) =>
    room === undefined ? l : levels.findIndex((level) => level.room === room),
  );
  rooms.forEach((first, l) => {
    if (first !== l) checkRoom(levels, first, l);
  });
  return rooms;
}

function checkRoom(levels: readonly Level[], first: number, last: number): void {
  const refuse = (reason: string): never => {
    throw new RangeError(`room "${levels[last]?.room}": ${reason}`);
  };
  const own = levels.slice(first, last + 1);
  const [outer, inner] = [own[0], own.at(-1)];
  if (own.some((level) => level.room !== outer?.room)) refuse('other levels stand between its levels');
  for (const field of ['sizeWords', 'readBandwidth', 'writeBandwidth'] as const) {
    if (outer?.[field] !== inner?.[field]) refuse(`its levels have ${field} ${outer?.[field]} and ${inner?.[field]}`);
  }
  const twice = DATA_SPACES.find((space) => own.filter((level) => level.keeps.includes(space)).length > 1);
  if (twice !== undefined) refuse(`two of its levels keep ${twice}`);
  if (own.slice(0, -1).some(({ meshX, meshY }) => meshX * meshY > 1))
    refuse('only its innermost level may have a mesh');
}
