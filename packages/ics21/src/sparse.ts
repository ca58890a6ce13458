import { LEVEL } from '@archon-dse/pe-array';
import { energyAt, PJ_PER_UJ, type Cost } from './costs.js';
import { SPARSE_MOBILENETV2 } from './data/sparse-mobilenetv2.js';
import { SPARSE_SHUFFLENET } from './data/sparse-shufflenet.js';
import type { BaselineLayerName, DenseLayer } from './baseline.js';
import type { BaselineParameters } from './data/parameters.js';
import type { RuleStates } from './rules.js';
import { readLines } from './text.js';

/** Work of PEs between two synchronisations, and how often it occurs. */
export interface SparsePass {
  readonly times: number;
  /** Non-zero weights of each PE. */
  readonly nonZeros: readonly number[];
}

/** A recorded layer of a pruned model; MACs and cycles of one group. */
export interface SparseLayer {
  readonly layer: BaselineLayerName;
  readonly denseMacs: number;
  readonly nonZeroMacs: number;
  readonly publishedCycles: number;
  /** Empty where the record was lost. */
  readonly passes: readonly SparsePass[];
}

const RECORDS = { 'mobilenet-v2': SPARSE_MOBILENETV2, shufflenet: SPARSE_SHUFFLENET } as const;
const LAYERS: Readonly<Record<string, BaselineLayerName>> = { decom: 'PW1', conv: 'DW', comp: 'PW2' };

/** Share of pruned weights the published energies assume, and the shares the models were pruned to. */
const PUBLISHED_SHARE = 0.91;
const PRUNED_SHARE: Readonly<Record<BaselineLayerName, number>> = { PW1: 0.8, DW: 0.7, PW2: 0.8 };
const [WEIGHT_BITS, INDEX_BITS] = [16, 10];

/** Recorded layers of the blocks, by layer; nothing where the pruned model is not recorded. */
export function sparseRecords({
  sparseWeights,
}: BaselineParameters): readonly Readonly<Record<BaselineLayerName, SparseLayer>>[] | undefined {
  return sparseWeights === undefined ? undefined : RECORDED[sparseWeights];
}

/** Every pass takes as long as its busiest PE. Lost records give the published figure. */
export function sparseCycles({ passes, publishedCycles }: SparseLayer): number {
  if (passes.length === 0) return publishedCycles;
  return passes.reduce((cycles, { times, nonZeros }) => cycles + times * Math.max(...nonZeros), 0);
}

/** A layer of a block on the sparse accelerator. Without a record its cycles are unknown: NaN. */
export function sparseLayer(dense: DenseLayer, record: SparseLayer | undefined, rules: RuleStates): Cost {
  const cycles = record === undefined ? Number.NaN : dense.repeats * sparseCycles(record);
  return { cycles, energyUj: dense.energyUj - dense.repeats * savedUj(dense, rules) };
}

/** Energy that pruning saves in one group, uJ. */
function savedUj({ layer, evaluation }: DenseLayer, rules: RuleStates): number {
  if (layer === 'DW' && rules.sparseDepthwise === 'published') return 0;
  const pruned = rules.sparsePrunedShare === 'published' ? PUBLISHED_SHARE : PRUNED_SHARE[layer];
  const storage =
    rules.sparseStorage === 'published'
      ? pruned * (1 - INDEX_BITS / WEIGHT_BITS)
      : 1 - (1 - pruned) * (1 + INDEX_BITS / WEIGHT_BITS);
  const weights =
    energyAt(evaluation, LEVEL.dram, 'Weights', rules.printedEnergies) +
    energyAt(evaluation, LEVEL.weightsSpad, 'Weights', rules.printedEnergies);
  const macs = rules.sparseMacs === 'published' ? 0 : evaluation.macEnergyPj / PJ_PER_UJ;
  return storage * weights + pruned * (energyAt(evaluation, LEVEL.ifmapSpad, 'Inputs', rules.printedEnergies) + macs);
}

function readRecords(text: string): readonly Readonly<Record<BaselineLayerName, SparseLayer>>[] {
  const blocks: Record<string, SparseLayer>[] = [];
  for (const line of readLines(text)) {
    const [head = '', passes = ''] = line.split(' | ');
    const [block, name = '', denseMacs, nonZeroMacs, publishedCycles] = head.split(' ');
    const layer = LAYERS[name] ?? 'PW1';
    (blocks[Number(block) - 1] ??= {})[layer] = {
      layer,
      denseMacs: Number(denseMacs),
      nonZeroMacs: Number(nonZeroMacs),
      publishedCycles: Number(publishedCycles),
      passes: passes === '' ? [] : passes.split(' ').map(readPass),
    };
  }
  return blocks as Readonly<Record<BaselineLayerName, SparseLayer>>[];
}

/** `128x3,5*2`: 128 passes in which four PEs meet 3, 5, 3 and 5 non-zero weights. */
function readPass(text: string): SparsePass {
  const [times, rest = ''] = text.split('x');
  const [values = '', repeats] = rest.split('*');
  const row = values.split(',').map(Number);
  return { times: Number(times), nonZeros: Array.from({ length: Number(repeats) }, () => row).flat() };
}

const RECORDED = {
  'mobilenet-v2': readRecords(RECORDS['mobilenet-v2']),
  shufflenet: readRecords(RECORDS.shufflenet),
} as const;
