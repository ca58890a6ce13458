import { fail } from '@archon-dse/core';
import { LEVEL } from '@archon-dse/pe-array';
import type { Evaluation, Problem } from '@archon-dse/loop-nest';

/** What a loop nest is computed for; the two predictions of the second layer differ in their mapspace. */
export type NestKind = 'predict-expand' | 'predict-depthwise' | 'predict-project' | 'main' | 'layer';

export interface MapRequest {
  readonly kind: NestKind;
  readonly problem: Problem;
  /** Block or layer, for messages. */
  readonly name: string;
}

/**
 * A mapping, as `formatMapping` writes it but with the levels by their names, and what it does; or why there is none.
 * `tiles` are those of `formatTiles`, for who shows the mapping.
 */
export type MapResult =
  | { readonly found: true; readonly evaluation: Evaluation; readonly mapping: string; readonly tiles?: string }
  | { readonly found: false; readonly message: string };

/** Chooses a mapping; `kind` main is to be evaluated on the main architecture, all others on the prediction architecture. */
export type MapLayer = (request: MapRequest) => MapResult;

/** @throws ArchonError ARCHON_NO_MAPPING */
export function mapOrFail(mapLayer: MapLayer, request: MapRequest): Extract<MapResult, { found: true }> {
  const mapped = mapLayer(request);
  if (mapped.found) return mapped;
  const { R, S } = request.problem;
  return fail({
    code: 'ARCHON_NO_MAPPING',
    message: `no mapping of the ${request.kind} nest of "${request.name}": ${mapped.message}`,
    expected: 'buffers that hold the smallest tiles of the layer',
    layer: request.name,
    ...(mapped.message.includes(LEVEL.ifmapSpad) && request.kind === 'main'
      ? { hint: `Each PE keeps a whole ${R}x${S} window: ifmapSpadWords of ${R * S} or more make room for it.` }
      : {}),
  });
}
