import type { JsonValue, LayerCache } from '@archon-dse/core';
import {
  findBestMapping,
  formatMapping,
  mappingKey,
  type Architecture,
  type MapspaceConstraints,
  type Problem,
} from '@archon-dse/loop-nest';
import type { ArchonArchitectures } from './architectures.js';
import type { ArchonHardware } from './hardware.js';
import type { MapLayer, MapResult, NestKind } from './map-layer.js';
import { mainMapspace, predictionMapspace, usualSplit, type Split } from './mapspaces.js';

/** Split by kind of nest; kinds without one take `usualSplit`. */
export type Splits = Readonly<Partial<Record<NestKind, Split>>>;

/**
 * Searches the best mapping of every nest: fewest cycles, then least energy.
 *
 * @param cache keeps results; share it between runs that may meet the same nest
 */
export function searchedMapLayer(
  hardware: ArchonHardware,
  architectures: ArchonArchitectures,
  splits: Splits = {},
  cache: LayerCache = new Map<string, JsonValue>(),
): MapLayer {
  return ({ kind, problem }) => {
    const isMain = kind === 'main';
    const architecture = isMain ? architectures.main : architectures.prediction;
    const mapspace = isMain
      ? mainMapspace(problem, hardware)
      : predictionMapspace(problem, splits[kind] ?? usualSplit(problem, hardware));
    const key = `archon ${mappingKey(problem, architecture, mapspace)}`;
    const known = cache.get(key);
    if (known !== undefined) return known as unknown as MapResult;
    const result = search(problem, architecture, mapspace);
    cache.set(key, result as unknown as JsonValue);
    return result;
  };
}

function search(problem: Problem, architecture: Architecture, mapspace: MapspaceConstraints): MapResult {
  const best = findBestMapping(problem, architecture, mapspace);
  if (!best.found) return { found: false, message: best.message };
  return { found: true, evaluation: best.evaluation, mapping: formatMapping(best.mapping, architecture) };
}
