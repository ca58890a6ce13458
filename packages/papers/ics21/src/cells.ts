import { maskRows, PART } from '@archon-dse/archon-model';
import { LEVEL } from '@archon-dse/pe-array';
import type { BaselineLayerName } from './baseline.js';
import { PJ_PER_UJ, type Cost } from './costs.js';
import type { ArchonBlock } from './fused.js';
import type { OuterCost } from './outer-layers.js';
import { archonRules, type RuleStates } from './rules.js';
import type { BlockCosts, NetworkTable, OuterRow, SparseBlockCosts } from './table.js';
import { blockCounts } from './counts.js';

/** A row of a published table: its label, then our value by published column. */
export interface CellRow {
  readonly row: string;
  readonly cells: Readonly<Record<string, number>>;
  /** Columns whose figure is the published one, not ours. */
  readonly quoted?: readonly string[];
}

const LAYERS: readonly BaselineLayerName[] = ['PW1', 'DW', 'PW2'];
const ZERO: Cost = { cycles: 0, energyUj: 0 };

/** result.csv: all layers in one table; head and tail stand in the first column of each accelerator. */
export function resultRows(table: NetworkTable, rules: RuleStates): readonly CellRow[] {
  const blocks = Math.max(table.dense.length, table.archon.length);
  return [
    ...table.head.map(outerCells),
    ...Array.from({ length: blocks }, (_, index) => ({
      row: `b${index + 1}`,
      cells: {
        ...baselineCells(table.dense[index], '', 'PW1/L1'),
        ...sparseCells(table, index, rules),
        ...archonCells(table.archon[index]),
      },
      quoted: quotedColumns(table.sparse[index], sparseColumns(table, rules)),
    })),
    ...table.tail.map(outerCells),
  ];
}

/** Baseline blocks, dense and sparse. */
export function blockRows({ dense, sparse }: NetworkTable): readonly CellRow[] {
  return dense.map((block, index) => ({
    row: `${index + 1}`,
    cells: { ...baselineCells(block, '', 'PW1'), ...baselineCells(sparse[index], 's_', 'PW1') },
    quoted: quotedColumns(sparse[index], { PW1: 's_PW1_c', DW: 's_DW_c', PW2: 's_PW2_c' }),
  }));
}

/** Fused blocks on ARCHON. */
export function archonRows({ archon }: NetworkTable): readonly CellRow[] {
  return archon.map(({ expand, second, main, overhead }, index) => ({
    row: `${index + 1}`,
    cells: {
      pred_decom_uJ: expand.energyUj,
      pred_second_uJ: second.energyUj,
      main_uJ: main.energyUj,
      overhead_uJ: overhead.energyUj,
      pred_decom_cycles: expand.cycles,
      pred_second_cycles: second.cycles,
      main_cycles: main.cycles,
    },
  }));
}

/** Published names of the overhead components. */
const OVERHEAD_COLUMNS = {
  weight_DRAM: LEVEL.dram,
  pred_DRAM: PART.predictionGlb,
  binary_decoder: PART.binaryDecoder,
  pred_buffer: PART.predictionBuffer,
  adders: PART.adder,
  masks: PART.mask,
  mux_: PART.zeroFlagMux,
  mux: PART.operandMux,
} as const;

/** Overhead by component, pJ. */
export function overheadRows({ archon }: NetworkTable): readonly CellRow[] {
  return archon.map(({ componentsUj }, index) => ({
    row: `${index + 1}`,
    cells: Object.fromEntries(
      Object.entries(OVERHEAD_COLUMNS).map(([column, part]) => [
        column,
        (componentsUj.overhead[part] ?? 0) * PJ_PER_UJ,
      ]),
    ),
  }));
}

/** Overhead actions of one PE. */
export function countRows(table: NetworkTable, states: RuleStates): readonly CellRow[] {
  const rules = archonRules(table.parameters, states);
  return blockCounts(table, rules).map(({ block, counts, weights }, index) => ({
    row: `${index + 1}`,
    cells: { ...counts, glb_writes: maskRows(block, rules), fused_weights: weights },
  }));
}

/** Head and tail by side, keyed like the published rows. */
export function outerRows({ head, tail }: NetworkTable): readonly CellRow[] {
  const side = (rows: readonly OuterRow[], part: string, pick: (row: OuterRow) => OuterCost | undefined): CellRow[] =>
    rows.flatMap((row) => {
      const cost = pick(row);
      return cost === undefined
        ? []
        : [{ row: `${part} ${cost.name}`, cells: { uJ: cost.energyUj, cycles: cost.cycles } }];
    });
  return [
    ...side(head, 'head_bl', ({ dense }) => dense),
    ...side(tail, 'tail_bl', ({ dense }) => dense),
    ...side(head, 'head_f', ({ archon }) => archon),
    ...side(tail, 'tail_f', ({ archon }) => archon),
  ];
}

function baselineCells(
  block: BlockCosts | undefined,
  prefix: string,
  firstName: string,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    LAYERS.flatMap((layer) => {
      const name = layer === 'PW1' ? firstName : layer;
      const { cycles, energyUj } = block?.[layer] ?? ZERO;
      return [
        [`${prefix}${name}_e`, energyUj],
        [`${prefix}${name}_c`, cycles],
      ];
    }),
  );
}

function sparseCells(table: NetworkTable, index: number, rules: RuleStates): CellRow['cells'] {
  const { PW1, DW, PW2 } = table.sparse[index] ?? { PW1: ZERO, DW: ZERO, PW2: ZERO };
  const columns = sparseColumns(table, rules);
  return {
    'sparse_PW1/L1_e': PW1.energyUj,
    sparse_DW_e: DW.energyUj,
    sparse_PW2_e: PW2.energyUj,
    [columns.PW1]: PW1.cycles,
    [columns.DW]: DW.cycles,
    [columns.PW2]: PW2.cycles,
  };
}

type LayerColumns = Readonly<Record<BaselineLayerName, string>>;

/** Columns of the sparse cycles in result.csv; its header exchanges those of PW2 and DW of pw-dw-pw networks. */
function sparseColumns({ parameters }: NetworkTable, rules: RuleStates): LayerColumns {
  const [DW, PW2] = ['sparse_DW_c', 'sparse_PW2_c'];
  const swapped = parameters.baseline.order === 'pw-dw-pw' && rules.sparseLabels === 'published';
  return { PW1: 'sparse_PW1_c', DW: swapped ? PW2 : DW, PW2: swapped ? DW : PW2 };
}

/** Those of the columns whose layers have no recorded passes. */
function quotedColumns(block: SparseBlockCosts | undefined, columns: LayerColumns): readonly string[] {
  if (block === undefined) return [];
  return LAYERS.filter((layer) => block[layer].cyclesFrom !== 'recorded').map((layer) => columns[layer]);
}

function archonCells(block: ArchonBlock | undefined): CellRow['cells'] {
  const { expand, second, main, overhead } = block ?? { expand: ZERO, second: ZERO, main: ZERO, overhead: ZERO };
  return {
    pred_decom_e: expand.energyUj,
    pred_conv_e: second.energyUj,
    main_e: main.energyUj,
    overhead_e: overhead.energyUj,
    pred_decom_c: expand.cycles,
    pred_conv_c: second.cycles,
    main_c: main.cycles,
  };
}

function outerCells({ dense, archon }: OuterRow): CellRow {
  const first = dense ?? ZERO;
  const main = archon ?? ZERO;
  const zeros = { ...baselineCells(undefined, '', 'PW1/L1'), ...archonCells(undefined) };
  return {
    row: dense?.name ?? archon?.name ?? '',
    cells: {
      ...zeros,
      ...{ 'PW1/L1_e': first.energyUj, 'PW1/L1_c': first.cycles },
      ...{ 'sparse_PW1/L1_e': first.energyUj, sparse_PW1_c: first.cycles },
      ...{ sparse_DW_e: 0, sparse_PW2_e: 0, sparse_DW_c: 0, sparse_PW2_c: 0 },
      ...{ main_e: main.energyUj, main_c: main.cycles },
    },
  };
}
