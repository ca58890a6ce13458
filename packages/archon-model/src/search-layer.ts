import { canonicalJson } from '@archon-dse/core';
import { findBestMapping, formatMapping } from '@archon-dse/loop-nest';
import type { ArchonArchitectures } from './architectures.js';
import type { ArchonHardware } from './hardware.js';
import type { MapLayer, MappedNest, MapRequest, NestKind } from './map-layer.js';
import { mainMapspace, predictionMapspace, usualSplit, type Split } from './mapspaces.js';

/** Split by kind of nest; kinds without one take `usualSplit`. */
export type Splits = Readonly<Partial<Record<NestKind, Split>>>;

/** Searches the best mapping (fewest cycles, then least energy) of every nest; each distinct nest is searched once. */
export function searchedMapLayer(
  hardware: ArchonHardware,
  architectures: ArchonArchitectures,
  splits: Splits = {},
): MapLayer {
  const known = new Map<string, MappedNest>();
  return (request) => {
    const key = canonicalJson([request.kind, request.problem]);
    const mapped = known.get(key) ?? search(request, hardware, architectures, splits);
    known.set(key, mapped);
    return mapped;
  };
}

function search(
  { kind, problem }: MapRequest,
  hardware: ArchonHardware,
  { main, prediction }: ArchonArchitectures,
  splits: Splits,
): MappedNest {
  const architecture = kind === 'main' ? main : prediction;
  const mapspace =
    kind === 'main'
      ? mainMapspace(problem, hardware)
      : predictionMapspace(problem, splits[kind] ?? usualSplit(problem, hardware));
  const best = findBestMapping(problem, architecture, mapspace);
  if (!best.found) return { found: false, message: best.message };
  return { found: true, evaluation: best.evaluation, mapping: formatMapping(best.mapping, architecture) };
}
