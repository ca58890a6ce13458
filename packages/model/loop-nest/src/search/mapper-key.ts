import { packingOf, type Architecture } from '../model/architecture.js';
import type { MapspaceConstraints, Objective } from '../mapspace/mapspace.js';
import { mapspaceSlots } from '../mapspace/slots.js';
import type { ModelOptions } from '../model/model-options.js';
import type { MapperOptions } from './mapper.js';
import { boundOf, DATA_SPACES, DIMS, type Problem } from '../model/problem.js';

/**
 * A text equal for two calls of `findBestMapping` with the same answer by their meaning: defaults written out or not, keys and data
 * spaces in any order. For callers that cache results.
 *
 * @throws RangeError as `findBestMapping` does
 */
export function mappingKey(
  problem: Problem,
  architecture: Architecture,
  constraints: MapspaceConstraints,
  objective: Objective = 'cycles-then-energy',
  how: ModelOptions & Pick<MapperOptions, 'factors'> = {},
): string {
  const { strideP, strideQ, dilationR = 1, dilationS = 1, depthwise = false } = problem;
  const { temporal, least, most, spatial, orders, minParallelism } = mapspaceSlots(problem, architecture, constraints);
  const { semantics = 'timeloop', startUp = false, haloSharing = false, factors = 'exact' } = how;
  return JSON.stringify([
    [...DIMS.map((dim) => boundOf(problem, dim)), strideP, strideQ, dilationR, dilationS, depthwise],
    architecture.levels.map((level) => [
      level.name,
      DATA_SPACES.filter((space) => level.keeps.includes(space)),
      [level.sizeWords ?? null, level.readBandwidth ?? null, level.writeBandwidth ?? null],
      [level.blockSize, level.accessEnergyPj, level.meshX, level.meshY],
      DATA_SPACES.map((space) => packingOf(level, space)),
      [level.doubleBuffered ?? false, level.room ?? null, level.systolic ?? false],
    ]),
    [
      architecture.macs,
      architecture.macEnergyPj,
      architecture.completePacking ?? 1,
      architecture.leakagePjPerCycle ?? 0,
    ],
    [temporal, least, most.map((own) => (own === Infinity ? null : own)), minParallelism, orders],
    spatial.map(({ level, axis, dim, factor, least: from, most: to }) => [level, axis, dim, factor, from, to]),
    constraints.map(({ mayBypass, mayBeUneven = false }) => [
      DATA_SPACES.filter((space) => mayBypass?.includes(space)),
      mayBeUneven,
    ]),
    [objective, semantics, startUp, haloSharing, factors],
  ]);
}
