import { archonRows, blockRows, countRows, outerRows, overheadRows, resultRows, type CellRow } from './cells.js';
import { compareRows, type Comparison } from './compare.js';
import * as fusionet from './data/published-fusionet.js';
import * as mobilenetv2 from './data/published-mobilenetv2.js';
import {
  SPARSE_ROWS_MNASNET_CIFAR10,
  SPARSE_ROWS_MNASNET_CIFAR100,
  SPARSE_ROWS_MOBILENETV2_CIFAR100,
} from './data/sparse-rows.js';
import type { RuleStates } from './rules.js';
import { sparseRows } from './sparse-cells.js';
import { tableKey, type NetworkTable } from './table.js';
import { readTable } from './text.js';
import { totalRow } from './total-cells.js';
import { publishedTotals, totalsOf } from './totals.js';

export interface TableComparison extends Comparison {
  readonly network: string;
  readonly dataset: string;
  readonly table: string;
}

interface PublishedTable {
  readonly name: string;
  readonly text: string;
  readonly rows: (table: NetworkTable, rules: RuleStates) => readonly CellRow[];
}

/** Columns that label a published row. */
const LABELS: readonly string[] = ['layer', 'block', 'part', 'table', 'raw_passes'];

const published = (texts: Readonly<Record<string, string>>, prefix: string): readonly PublishedTable[] => {
  const text = (name: string): string => texts[`${prefix}_${name}`] ?? '';
  return [
    { name: 'result', text: text('RESULT'), rows: resultRows },
    { name: 'blocks', text: text('BLOCKS'), rows: blockRows },
    { name: 'archon', text: text('ARCHON'), rows: archonRows },
    { name: 'overhead', text: text('OVERHEAD'), rows: overheadRows },
    { name: 'overhead-actions', text: text('COUNTS'), rows: countRows },
    { name: 'head-tail', text: text('HEAD_TAIL'), rows: outerRows },
  ];
};

const PUBLISHED: Readonly<Record<string, readonly PublishedTable[]>> = {
  'mobilenet-v2/cifar10': published({ ...mobilenetv2 }, 'MOBILENETV2'),
  'fusionet/cifar10': published({ ...fusionet }, 'FUSIONET'),
  'mobilenet-v2/cifar100': [{ name: 'sparse', text: SPARSE_ROWS_MOBILENETV2_CIFAR100, rows: sparseRows }],
  'mnasnet/cifar10': [{ name: 'sparse', text: SPARSE_ROWS_MNASNET_CIFAR10, rows: sparseRows }],
  'mnasnet/cifar100': [{ name: 'sparse', text: SPARSE_ROWS_MNASNET_CIFAR100, rows: sparseRows }],
};

/** Compares every published table of a network and dataset whose cells are recorded, and the totals of all. */
export function compareTable(table: NetworkTable, rules: RuleStates): readonly TableComparison[] {
  const { network, dataset } = table.parameters;
  const tables = (PUBLISHED[tableKey(table.parameters)] ?? []).map(({ name, text, rows }) => {
    const cells = readTable(text);
    const columns = Object.keys(cells[0] ?? {}).filter((column) => !LABELS.includes(column));
    return { network, dataset, table: name, ...compareRows(rows(table, rules), cells, columns) };
  });
  const totals = totalRow(table, totalsOf(table));
  const compared = compareRows([totals], [publishedTotals(table)], Object.keys(totals.cells));
  return [...tables, { network, dataset, table: 'totals', ...compared }];
}
