import type { Architecture } from '../model/architecture.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Mapping } from '../model/mapping.js';
import type { Problem } from '../model/problem.js';
import type { MapspaceConstraints } from '../mapspace/mapspace.js';
import { findBestMapping, type MapperOptions } from '../search/mapper.js';
import type { NoMapping } from '../search/mapper-explain.js';
import { cycleLimits, type CycleLimit } from './cycle-limits.js';
import { largerBuffers, type LargerBuffer } from './larger-buffers.js';
import { utilizationLosses, type UtilizationLoss } from './utilization-losses.js';

/** Why a mapping takes what it takes. */
export interface NestExplanation {
  readonly found: true;
  readonly mapping: Mapping;
  readonly evaluation: Evaluation;
  readonly limits: readonly CycleLimit[];
  readonly losses: readonly UtilizationLoss[];
  readonly larger: readonly LargerBuffer[];
}

/** Why there is no mapping, and the levels of which one twice as large would make one. */
export interface MissingMapping extends NoMapping {
  readonly larger: readonly LargerBuffer[];
}

/**
 * Maps a problem and explains the best mapping, or why there is none.
 *
 * @throws RangeError as `findBestMapping` does
 */
export function explainNest(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  options: MapperOptions = {},
): NestExplanation | MissingMapping {
  const best = findBestMapping(problem, architecture, constraints, options);
  if (!best.found) return { ...best, larger: largerBuffers(problem, architecture, constraints, undefined, options) };
  const { mapping, evaluation } = best;
  // A variant may have the data spaces of a level apart, in one room.
  const own = best.architecture.levels.map(({ name, room }) => {
    const at = architecture.levels.findIndex((level) => level.name === name || (level.room ?? level.name) === room);
    return constraints[at] ?? {};
  });
  return {
    found: true,
    mapping,
    evaluation,
    limits: cycleLimits(best.architecture, evaluation),
    losses: utilizationLosses(problem, best.architecture, mapping, evaluation, own),
    larger: largerBuffers(problem, architecture, constraints, evaluation, options),
  };
}
