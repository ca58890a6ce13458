import { packingOf, type Architecture } from '../model/architecture.js';
import type { Evaluation } from '../model/evaluation.js';
import { DATA_SPACES } from '../model/problem.js';
import { roomsOf } from '../model/rooms.js';

/** One thing a mapping waits for, by itself. */
export interface CycleLimit {
  readonly resource: 'compute' | 'reads' | 'writes';
  /** The level, or the room of several, whose bandwidth it is; absent for compute. */
  readonly level?: string;
  /** Cycles it would take if nothing else took any. */
  readonly cycles: number;
}

/**
 * A roofline over levels: the cycles that the MACs need, and those that each bandwidth of each level needs, most first. Levels and
 * directions without a limit are left out. The first one is what the mapping takes, start-up aside.
 */
export function cycleLimits({ levels }: Pick<Architecture, 'levels'>, evaluation: Evaluation): readonly CycleLimit[] {
  const rooms = roomsOf(levels);
  const limits: CycleLimit[] = [{ resource: 'compute', cycles: evaluation.computeCycles }];
  levels.forEach(({ name, room = name, readBandwidth, writeBandwidth }, first) => {
    if (rooms[first] !== first) return;
    const { read, written } = wordsOf({ levels }, evaluation, (l) => rooms[l] === first);
    const limit = (resource: 'reads' | 'writes', words: number, bandwidth: number | undefined): void => {
      if (bandwidth !== undefined) limits.push({ resource, level: room, cycles: Math.ceil(words / bandwidth) });
    };
    limit('reads', read, readBandwidth);
    limit('writes', written, writeBandwidth);
  });
  return limits.sort((a, b) => b.cycles - a.cycles);
}

/** Words of the busiest instance of some levels, by the room they take. */
function wordsOf(
  { levels }: Pick<Architecture, 'levels'>,
  evaluation: Evaluation,
  isOne: (level: number) => boolean,
): { readonly read: number; readonly written: number } {
  let [read, written] = [0, 0];
  levels.forEach((level, l) => {
    if (!isOne(l)) return;
    for (const space of DATA_SPACES) {
      const { reads = 0, updates = 0, fills = 0 } = evaluation.levels[l]?.accesses[space] ?? {};
      read += reads / packingOf(level, space);
      written += (updates + fills) / packingOf(level, space);
    }
  });
  return { read, written };
}
