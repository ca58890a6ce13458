import { LEVEL } from '@archon-dse/pe-array';
import { energyAt, PJ_PER_UJ, type Cost } from './costs.js';
import { SPARSE_MOBILENETV2 } from './data/sparse-mobilenetv2.js';
import {
  SPARSE_ROWS_MNASNET_CIFAR10,
  SPARSE_ROWS_MNASNET_CIFAR100,
  SPARSE_ROWS_MOBILENETV2_CIFAR100,
} from './data/sparse-rows.js';
import { SPARSE_SHUFFLENET } from './data/sparse-shufflenet.js';
import type { BaselineLayerName, DenseLayer } from './baseline.js';
import type { BaselineParameters } from './data/parameters.js';
import type { RuleStates } from './rules.js';
import { readLines, readTable } from './text.js';

/** Work of PEs between two synchronisations, and how often it occurs. */
interface SparsePass {
  readonly times: number;
  /** Non-zero weights of each PE. */
  readonly nonZeros: readonly number[];
}

/**
 * Where the cycles of a layer come from: `recorded` is computed from its passes. The others are quoted from the published row: `given`
 * where its passes are not held here, `overwritten` where the publication itself has those of another layer in their place.
 */
export type CyclesFrom = 'recorded' | 'given' | 'overwritten';

/** Cycles and energy of a layer on the sparse accelerator. */
export interface SparseCost extends Cost {
  readonly cyclesFrom: CyclesFrom;
}

/** A published layer of a pruned model; MACs and cycles of one group. */
export interface SparseLayer {
  readonly layer: BaselineLayerName;
  readonly denseMacs: number;
  readonly nonZeroMacs: number;
  readonly publishedCycles: number;
  /** Empty where they are not recorded. */
  readonly passes: readonly SparsePass[];
  readonly cyclesFrom: CyclesFrom;
}

export type SparseBlock = Readonly<Record<BaselineLayerName, SparseLayer>>;

const LAYERS: Readonly<Record<string, BaselineLayerName>> = { decom: 'PW1', conv: 'DW', comp: 'PW2' };

/** Share of pruned weights the published energies assume, and the shares the models were pruned to. */
const PUBLISHED_SHARE = 0.91;
const PRUNED_SHARE: Readonly<Record<BaselineLayerName, number>> = { PW1: 0.8, DW: 0.7, PW2: 0.8 };
const [WEIGHT_BITS, INDEX_BITS] = [16, 10];

/** What is published of the pruned blocks, by layer. */
export function sparseRecords({ sparseWeights }: BaselineParameters): readonly SparseBlock[] {
  return PUBLISHED[sparseWeights];
}

/** Every pass takes as long as its busiest PE. Without passes the published figure stands in. */
export function sparseCycles({ passes, publishedCycles }: SparseLayer): number {
  if (passes.length === 0) return publishedCycles;
  return passes.reduce((cycles, { times, nonZeros }) => cycles + times * Math.max(...nonZeros), 0);
}

/** A layer of a block on the sparse accelerator. */
export function sparseLayer(dense: DenseLayer, record: SparseLayer, rules: RuleStates): SparseCost {
  return {
    cycles: dense.repeats * sparseCycles(record),
    energyUj: dense.energyUj - dense.repeats * savedUj(dense, rules),
    cyclesFrom: record.cyclesFrom,
  };
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

function readRecords(text: string): readonly SparseBlock[] {
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
      cyclesFrom: passes === '' ? 'overwritten' : 'recorded',
    };
  }
  return blocks as SparseBlock[];
}

function readRows(text: string): readonly SparseBlock[] {
  const blocks: Record<string, SparseLayer>[] = [];
  for (const row of readTable(text)) {
    const layer = LAYERS[row['layer'] ?? ''] ?? 'PW1';
    (blocks[Number(row['block']) - 1] ??= {})[layer] = {
      layer,
      denseMacs: Number(row['dense_macs']),
      nonZeroMacs: Number(row['nonzero_macs']),
      publishedCycles: Number(row['sparse_cycles']),
      passes: [],
      cyclesFrom: row['raw_passes'] === 'overwritten' ? 'overwritten' : 'given',
    };
  }
  return blocks as SparseBlock[];
}

/** `128x3,5*2`: 128 passes in which four PEs meet 3, 5, 3 and 5 non-zero weights. */
function readPass(text: string): SparsePass {
  const [times, rest = ''] = text.split('x');
  const [values = '', repeats] = rest.split('*');
  const row = values.split(',').map(Number);
  return { times: Number(times), nonZeros: Array.from({ length: Number(repeats) }, () => row).flat() };
}

const PUBLISHED: Readonly<Record<BaselineParameters['sparseWeights'], readonly SparseBlock[]>> = {
  'mobilenet-v2/cifar10': readRecords(SPARSE_MOBILENETV2),
  'mobilenet-v2/cifar100': readRows(SPARSE_ROWS_MOBILENETV2_CIFAR100),
  'mnasnet/cifar10': readRows(SPARSE_ROWS_MNASNET_CIFAR10),
  'mnasnet/cifar100': readRows(SPARSE_ROWS_MNASNET_CIFAR100),
  shufflenet: readRecords(SPARSE_SHUFFLENET),
};
