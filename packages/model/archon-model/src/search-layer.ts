import type { JsonValue, LayerCache } from '@archon-dse/core';
import {
  formatMapping,
  formatTiles,
  findBestMapping,
  type Architecture,
  type Evaluation,
  type MapspaceConstraints,
  type Problem,
} from '@archon-dse/loop-nest';
import { nameLevels } from '@archon-dse/pe-array';
import type { ArchonArchitectures } from './architectures.js';
import type { ArchonHardware } from './hardware.js';
import type { MapLayer, MapResult, NestKind } from './map-layer.js';
import { mainMapspace, predictionMapspace, splitChannelsMapspace, usualSplits } from './mapspaces.js';

/**
 * Searches the best mapping of every nest: fewest cycles, then least energy; of equal ones that of the split that comes first.
 *
 * @param cache keeps results; share it between runs that may meet the same nest
 */
export function searchedMapLayer(
  hardware: ArchonHardware,
  architectures: ArchonArchitectures,
  cache: LayerCache = new Map<string, JsonValue>(),
): MapLayer {
  const views = { main: JSON.stringify(architectures.main), prediction: JSON.stringify(architectures.prediction) };
  return ({ kind, problem }) => {
    // The mapspace follows from the kind, the problem and the mesh, which is part of the architecture.
    const key = `${problemKey(problem)} ${kind} ${views[kind === 'main' ? 'main' : 'prediction']}`;
    const known = cache.get(key);
    if (known !== undefined) return known as unknown as MapResult;
    const result =
      kind === 'main'
        ? searchMain(problem, hardware, architectures.main)
        : searchSplits(kind, problem, hardware, architectures.prediction);
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

function searchSplits(
  kind: Exclude<NestKind, 'main'>,
  problem: Problem,
  hardware: ArchonHardware,
  architecture: Architecture,
): MapResult {
  let best: MapResult | undefined;
  for (const group of usualSplits(kind, problem, hardware)) {
    for (const split of group) {
      const result = search(problem, architecture, predictionMapspace(problem, split));
      if (best === undefined || isBetter(result, best)) best = result;
    }
    if (best?.found === true && keepsAllBusy(best.evaluation, architecture)) break;
  }
  return best ?? { found: false, message: 'no split of the array fits' };
}

function keepsAllBusy({ macs, computeCycles }: Evaluation, architecture: Architecture): boolean {
  return computeCycles * architecture.macs === macs;
}

function isBetter(result: MapResult, best: MapResult): boolean {
  if (!result.found || !best.found) return result.found;
  const [a, b] = [result.evaluation, best.evaluation];
  return a.cycles < b.cycles || (a.cycles === b.cycles && a.energyPj < b.energyPj);
}

function search(problem: Problem, architecture: Architecture, mapspace: MapspaceConstraints): MapResult {
  const best = findBestMapping(problem, architecture, mapspace);
  if (!best.found) return { found: false, message: best.message };
  const mapping = nameLevels(formatMapping(best.mapping, architecture), architecture);
  return { found: true, evaluation: best.evaluation, mapping, tiles: formatTiles(best.evaluation, architecture) };
}
