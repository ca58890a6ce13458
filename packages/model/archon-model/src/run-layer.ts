import type { Nest } from './block.js';
import { mapOrFail } from './map-layer.js';
import { type ArchonModel, nestAccesses } from './predict.js';
import { MAC } from '@archon-dse/pe-array';
import { recall } from './phase-store.js';
import type { PhaseRun } from './run.js';
import { problemKey } from './search-layer.js';

/** A layer that is not fused. */
export interface PlainLayer extends Nest {
  readonly name: string;
}

/**
 * A layer outside the fused blocks, at full width on the MACs, with the scratchpads in the roles they have in predictions.
 *
 * @throws ArchonError ARCHON_NO_MAPPING
 */
export function runLayer(layer: PlainLayer, model: ArchonModel): PhaseRun {
  const key = `layer ${problemKey(layer.problem)} ${layer.repeats}`;
  return recall(model.phases, key, () => computeLayer(layer, model));
}

function computeLayer({ name, problem, repeats }: PlainLayer, { rules, mapLayer }: ArchonModel): PhaseRun {
  const { evaluation, mapping, tiles } = mapOrFail(mapLayer, { kind: 'layer', problem, name });
  const macs = evaluation.macs * repeats;
  return {
    phase: 'layer',
    macs,
    cycles: evaluation.cycles * repeats,
    actions: [
      ...nestAccesses(evaluation, {}, repeats, rules).filter(({ count }) => count > 0),
      { component: MAC, action: 'compute', count: macs },
    ],
    mapped: { evaluation, mapping, ...(tiles === undefined ? {} : { tiles }), repeats },
  };
}
