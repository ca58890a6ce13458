import { packingOf, type Architecture, type Level } from '../model/architecture.js';
import type { Evaluation, LevelEvaluation } from '../model/evaluation.js';
import { DATA_SPACES } from '../model/problem.js';

/** One thing a mapping waits for, by itself. */
export interface CycleLimit {
  readonly resource: 'compute' | 'reads' | 'writes';
  /** The level whose bandwidth it is; absent for compute. */
  readonly level?: string;
  /** Cycles it would take if nothing else took any. */
  readonly cycles: number;
}

/**
 * A roofline over levels: the cycles that the MACs need, and those that each bandwidth of each level needs, most first. Levels and
 * directions without a limit are left out. The first one is what the mapping takes.
 */
export function cycleLimits({ levels }: Pick<Architecture, 'levels'>, evaluation: Evaluation): readonly CycleLimit[] {
  const ofLevels = levels.flatMap((level, index): CycleLimit[] => {
    const found = evaluation.levels[index];
    return found === undefined ? [] : levelLimits(level, found);
  });
  const compute: CycleLimit = { resource: 'compute', cycles: evaluation.computeCycles };
  return [compute, ...ofLevels].sort((a, b) => b.cycles - a.cycles);
}

function levelLimits(level: Level, { accesses }: LevelEvaluation): CycleLimit[] {
  let [read, written] = [0, 0];
  for (const space of DATA_SPACES) {
    const { reads = 0, updates = 0, fills = 0 } = accesses[space] ?? {};
    read += reads / packingOf(level, space);
    written += (updates + fills) / packingOf(level, space);
  }
  const limit = (resource: 'reads' | 'writes', words: number, bandwidth: number | undefined): CycleLimit[] =>
    bandwidth === undefined ? [] : [{ resource, level: level.name, cycles: Math.ceil(words / bandwidth) }];
  return [...limit('reads', read, level.readBandwidth), ...limit('writes', written, level.writeBandwidth)];
}
