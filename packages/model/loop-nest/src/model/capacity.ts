import type { Architecture, Level } from './architecture.js';
import { extentsAt, type Geometry } from './geometry.kernel.js';
import type { Mapping } from './mapping.js';
import { DATA_SPACES } from './problem.js';
import { roomShare, roomsOf } from './rooms.js';

/** Why the tiles of a mapping do not fit a level, or nothing when all do. */
export function checkCapacity(geometry: Geometry, { levels }: Architecture, mapping: Mapping): string | undefined {
  const rooms = roomsOf(levels);
  const reasons = levels.map((level, l) => {
    if (rooms[l] !== l) return undefined;
    const own = levels.flatMap((_, other) => (rooms[other] === l ? [other] : []));
    const words = own.reduce((sum, other) => sum + usedWords(geometry, levels[other] ?? level, mapping, other), 0);
    if (words <= (level.sizeWords ?? Infinity)) return undefined;
    const name = level.room === undefined ? level.name : `room ${level.room}`;
    return `${name}: tiles of ${words} words exceed its ${level.sizeWords}`;
  });
  return reasons.find((reason) => reason !== undefined);
}

/** Words of a level that its tiles take the room of, both of each where it is double-buffered. */
export function usedWords(geometry: Geometry, level: Level, mapping: Mapping, index: number): number {
  const extents = geometry.within(extentsAt(mapping, index));
  return level.keeps.reduce(
    (sum, space) => sum + geometry.words(DATA_SPACES.indexOf(space), extents) / roomShare(level, space),
    0,
  );
}
