import { denseBlocks, type BaselineLayerName, type DenseLayer } from './baseline.js';
import { OUTER_LAYERS, type OuterLayer } from './data/head-tail.js';
import type { TableParameters } from './data/parameters.js';
import type { Cost } from './costs.js';
import { archonBlocks, type ArchonBlock } from './fused.js';
import { outerCost, type OuterCost } from './outer-layers.js';
import type { RuleStates } from './rules.js';
import { sparseLayer, sparseRecords, type SparseBlock, type SparseCost } from './sparse.js';

export type BlockCosts = Readonly<Record<BaselineLayerName, Cost>>;
export type SparseBlockCosts = Readonly<Record<BaselineLayerName, SparseCost>>;

/** Head or tail: layers of the dense and the ARCHON side, paired by position; a side may lack one. */
export interface OuterRow {
  readonly dense: OuterCost | undefined;
  readonly archon: OuterCost | undefined;
}

/** Everything the published tables of one network and dataset are made of. */
export interface NetworkTable {
  readonly parameters: TableParameters;
  readonly denseLayers: readonly (readonly DenseLayer[])[];
  readonly dense: readonly BlockCosts[];
  readonly sparseRecords: readonly SparseBlock[];
  readonly sparse: readonly SparseBlockCosts[];
  readonly archon: readonly ArchonBlock[];
  readonly head: readonly OuterRow[];
  readonly tail: readonly OuterRow[];
}

/** Computes a table under the given rules. */
export function buildTable(parameters: TableParameters, rules: RuleStates): NetworkTable {
  const { baseline } = parameters;
  const dense = denseBlocks(baseline, rules);
  const records = sparseRecords(baseline);
  const outer = OUTER_LAYERS[tableKey(parameters)] ?? {};
  const pairs = (part: 'head' | 'tail'): readonly OuterRow[] =>
    pairOuter(outer.dense?.[part] ?? [], outer.archon?.[part] ?? [], rules);
  return {
    parameters,
    denseLayers: dense,
    dense: dense.map((layers) => byLayer(layers, (layer) => layer)),
    sparseRecords: records,
    sparse: records.map((record, block) =>
      byLayer(dense[block] ?? [], (layer) => sparseLayer(layer, record[layer.layer], rules)),
    ),
    archon: archonBlocks(parameters, rules),
    head: pairs('head'),
    tail: pairs('tail'),
  };
}

export function tableKey({ network, dataset }: TableParameters): string {
  return `${network}/${dataset}`;
}

function byLayer<T extends Cost>(
  layers: readonly DenseLayer[],
  cost: (layer: DenseLayer) => T,
): Readonly<Record<BaselineLayerName, T>> {
  return Object.fromEntries(layers.map((layer) => [layer.layer, cost(layer)])) as Record<BaselineLayerName, T>;
}

function pairOuter(
  dense: readonly OuterLayer[],
  archon: readonly OuterLayer[],
  rules: RuleStates,
): readonly OuterRow[] {
  const cost = (layer: OuterLayer | undefined, side: 'dense' | 'archon'): OuterCost | undefined =>
    layer === undefined ? undefined : outerCost(layer, side, rules);
  return Array.from({ length: Math.max(dense.length, archon.length) }, (_, at) => ({
    dense: cost(dense[at], 'dense'),
    archon: cost(archon[at], 'archon'),
  })).filter((row) => row.dense !== undefined || row.archon !== undefined);
}
