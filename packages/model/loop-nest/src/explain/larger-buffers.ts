import type { Architecture } from '../model/architecture.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Problem } from '../model/problem.js';
import { roomsOf } from '../model/rooms.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { compareCosts } from '../search/incumbent.js';
import { findBestMapping, type MapperOptions } from '../search/mapper.js';

/** What the best mapping would be if one level held twice as much. */
export interface LargerBuffer {
  readonly level: string;
  readonly sizeWords: number;
  readonly largerWords: number;
  readonly cycles: number;
  /** At the energies an access costs now: a larger memory costs more. */
  readonly energyPj: number;
  /** Whether another mapping is better then: it costs something else. */
  readonly changes: boolean;
}

/**
 * The problem mapped again with each limited level, or room of levels, doubled, outermost first.
 *
 * @param now - what it takes; absent where there is no mapping: then only the levels that make one possible are listed
 */
export function largerBuffers(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  now: Evaluation | undefined,
  options: MapperOptions = {},
): readonly LargerBuffer[] {
  const { objective = 'cycles-then-energy' } = options;
  const rooms = roomsOf(architecture.levels);
  return architecture.levels.flatMap(({ name, room: level = name, sizeWords, keeps }, l): LargerBuffer[] => {
    if (sizeWords === undefined || keeps.length === 0 || rooms[l] !== l) return [];
    const largerWords = 2 * sizeWords;
    const levels = architecture.levels.map((other, at) =>
      rooms[at] === l ? { ...other, sizeWords: largerWords } : other,
    );
    const larger = { ...architecture, levels };
    const best = findBestMapping(problem, larger, constraints, options);
    // A search that was stopped may have found less than what fits already.
    const isWorse = best.found && !best.proven && now && compareCosts(objective, now, best.evaluation) < 0;
    const then = best.found && !isWorse ? best.evaluation : now;
    if (then === undefined) return [];
    const { cycles, energyPj } = then;
    const changes = cycles !== now?.cycles || energyPj !== now.energyPj;
    return [{ level, sizeWords, largerWords, cycles, energyPj, changes }];
  });
}
