import type { JsonValue, LayerCache } from '@archon-dse/core';
import {
  formatMapping,
  formatTiles,
  findBestMapping,
  type Architecture,
  type MapspaceConstraints,
  type Problem,
} from '@archon-dse/loop-nest';
import { nameLevels } from '@archon-dse/pe-array';
import type { ArchonArchitectures } from './architectures.js';
import type { ArchonHardware } from './hardware.js';
import type { MapLayer, MapResult, NestKind } from './map-layer.js';
import { mainMapspace, predictionMapspace, splitChannelsMapspace, usualSplit, type Split } from './mapspaces.js';

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
  const views = { main: JSON.stringify(architectures.main), prediction: JSON.stringify(architectures.prediction) };
  return ({ kind, problem }) => {
    const split = kind === 'main' ? undefined : splits[kind];
    const view = kind === 'main' ? 'main' : 'prediction';
    // The mapspace follows from the problem, the mesh, which is part of the architecture, and the split.
    const key = `${problemKey(problem)} ${view} ${JSON.stringify(split) ?? 'usual'} ${views[view]}`;
    const known = cache.get(key);
    if (known !== undefined) return known as unknown as MapResult;
    const result =
      view === 'main'
        ? searchMain(problem, hardware, architectures.main)
        : search(
            problem,
            architectures.prediction,
            predictionMapspace(problem, split ?? usualSplit(problem, hardware)),
          );
    cache.set(key, result as unknown as JsonValue);
    return result;
  };
}

/** A text equal for equal problems, defaults written out or not. */
export function problemKey({
  C,
  M,
  R,
  S,
  P,
  Q,
  N,
  strideP,
  strideQ,
  dilationR,
  dilationS,
  depthwise,
}: Problem): string {
  return [C, M, R, S, P, Q, N, strideP, strideQ, dilationR ?? 1, dilationS ?? 1, depthwise ?? false].join();
}

function searchMain(problem: Problem, hardware: ArchonHardware, architecture: Architecture): MapResult {
  const published = search(problem, architecture, mainMapspace(problem, hardware));
  if (published.found) return published;
  const split = search(problem, architecture, splitChannelsMapspace(problem, hardware));
  return split.found ? split : published;
}

function search(problem: Problem, architecture: Architecture, mapspace: MapspaceConstraints): MapResult {
  const best = findBestMapping(problem, architecture, mapspace);
  if (!best.found) return { found: false, message: best.message };
  const mapping = nameLevels(formatMapping(best.mapping, architecture), architecture);
  return { found: true, evaluation: best.evaluation, mapping, tiles: formatTiles(best.evaluation, architecture) };
}
