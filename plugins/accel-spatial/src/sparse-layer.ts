import { figureText, type ActionCount, type LayerRun, type PriceTables, type Workload } from '@archon-dse/core';
import { MAC } from '@archon-dse/architecture';
import {
  evaluate,
  type Architecture,
  type Evaluation,
  type Mapping,
  type ModelOptions,
  type Problem,
} from '@archon-dse/loop-nest';
import { layerRun, type MappedNest } from '@archon-dse/pe-array';
import {
  evaluateSparse,
  type SparseEvaluation,
  type SparseFeatures,
  type ZerosBySpace,
} from '@archon-dse/sparse-features';

/** A mapped layer on hardware that does something with zeros. */
export interface SparseLayer {
  readonly problem: Problem;
  readonly architecture: Architecture;
  readonly mapping: Mapping;
  readonly model: ModelOptions;
  readonly features: SparseFeatures;
  readonly zeros: ZerosBySpace;
  readonly wordBits: number;
  readonly prices: PriceTables;
}

/** The layer with what its zeros save. Gated products are not executed; they idle. */
export function sparseLayerRun(workload: Workload, nest: MappedNest, layer: SparseLayer): LayerRun {
  const { problem, architecture, mapping, model, features, zeros, wordBits } = layer;
  const evaluation = evaluate(problem, architecture, mapping, model);
  const sparse = evaluateSparse({ problem, architecture, mapping, evaluation }, features, zeros, wordBits);
  const dense = layerRun(workload, nest, 1);
  const macs = sparse.macs.full;
  const notes = [...(dense.notes ?? []), zerosNote(sparse, dense)];
  const actions = [...accessActions(sparse, evaluation, layer), ...macActions(sparse, layer.prices)];
  return {
    ...dense,
    macs,
    cycles: sparse.cycles,
    utilization: sparse.cycles === 0 ? 0 : macs / (sparse.cycles * architecture.macs),
    actions: actions.filter(({ count }) => count > 0),
    notes,
  };
}

function zerosNote({ macs, cycles, computeCycles, idealCycles }: SparseEvaluation, dense: LayerRun): string {
  const products = macs.full + macs.gated + macs.skipped;
  const share = `${figureText((100 * macs.full) / products)} % of the products are done`;
  const waits = computeCycles - idealCycles;
  const waiting = waits > idealCycles * 1e-9 ? `; PEs wait ${figureText(waits)} cycles for the slowest` : '';
  return `zeros: ${share}, ${figureText(cycles)} cycles instead of ${figureText(dense.cycles)}${waiting}`;
}

/**
 * Accesses that are made, those that idle, and rows of metadata. What idles costs an idle cycle where the component has one, else a whole
 * access.
 *
 * @source that a gated access is an idle cycle of its storage: compound components of the Sparseloop artifact (MICRO 2022)
 */
function accessActions(
  sparse: SparseEvaluation,
  evaluation: Evaluation,
  { architecture, wordBits, prices }: SparseLayer,
): readonly ActionCount[] {
  return architecture.levels.flatMap(({ name, keeps, blockSize }, at) =>
    [...keeps].sort().flatMap((dataSpace): readonly ActionCount[] => {
      const counts = evaluation.levels[at]?.accesses[dataSpace];
      const { instances = 0, accesses } = sparse.levels[at] ?? {};
      const own = accesses?.[dataSpace];
      if (counts === undefined || own === undefined) return [];
      const { share, metadataBits } = own;
      const rows = (metadataBits * instances) / (blockSize * wordBits);
      const idle = prices.ert[name]?.['idle'] === undefined ? 'access' : 'idle';
      const gated = { component: name, action: idle, count: counts.vectorAccesses * share.gated, dataSpace };
      const made = counts.vectorAccesses * share.full + rows;
      return [{ component: name, action: 'access', count: made, dataSpace }, gated];
    }),
  );
}

/** Products that are done, and those whose multiplier is gated where the component has such an action; else in full. */
function macActions({ macs }: SparseEvaluation, { ert }: PriceTables): readonly ActionCount[] {
  const gated = ert[MAC]?.['gated'] === undefined ? 'compute' : 'gated';
  return [
    { component: MAC, action: 'compute', count: macs.full },
    { component: MAC, action: gated, count: macs.gated },
  ];
}
