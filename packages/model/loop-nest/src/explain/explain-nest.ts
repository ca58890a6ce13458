import type { Architecture } from '../model/architecture.js';
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
  readonly limits: readonly CycleLimit[];
  readonly losses: readonly UtilizationLoss[];
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
): NestExplanation | NoMapping {
  const best = findBestMapping(problem, architecture, constraints, options);
  if (!best.found) return best;
  const { mapping, evaluation } = best;
  return {
    found: true,
    mapping,
    limits: cycleLimits(architecture, evaluation),
    losses: utilizationLosses(problem, architecture, mapping, evaluation, constraints),
    larger: largerBuffers(problem, architecture, constraints, best, options),
  };
}
