import {
  LEVEL_SEPARATOR,
  notCostedText,
  type DisplayUnit,
  type JsonValue,
  type LayerExecution,
  type TrainingBudget,
} from '@archon-dse/core';
import { pointLabel, valueText } from '../../../option-columns.js';
import { readExecution } from '../../../render/execution-data.js';
import { LAYER_FIELDS, type PageData, type PagePoint } from '../../../render/page-data.js';
import { formatIn, unitFor, unitsOver } from '../../../units.js';

/** The embedded data with its indices resolved. */
export interface Report extends Pick<PageData, 'summary' | 'columns'> {
  readonly points: readonly Point[];
  readonly byId: ReadonlyMap<string, Point>;
  readonly kneeIds: ReadonlySet<string>;
  /** The one unit of each metric everywhere on the page. */
  readonly units: ReadonlyMap<string, DisplayUnit>;
  /** A metric's value in its unit. */
  readonly show: (metric: string, value: number | null | undefined) => string;
}

export interface Point extends Omit<
  PagePoint,
  'options' | 'metrics' | 'energies' | 'layers' | 'executions' | 'budgets' | 'notCosted'
> {
  /** Place among all points. */
  readonly index: number;
  readonly label: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly metrics: Readonly<Record<string, number | undefined>>;
  readonly energyByName: () => Readonly<Record<string, number>>;
  readonly budgets: readonly TrainingBudget[];
  /** Layers that cost nothing here, by operation; empty where everything is costed. */
  readonly notCosted: string;
  readonly hasLayers: boolean;
  /** Undefined when the page does not hold this point's layers. */
  readonly layers: () => readonly Layer[] | undefined;
}

export interface Layer {
  readonly name: string;
  readonly block: string;
  readonly role: string;
  readonly phase: string;
  readonly mapping: string;
  /** What each level of the mapping holds; empty where the record does not tell. */
  readonly tiles: string;
  readonly notes: string;
  readonly macs: number;
  readonly cycles: number;
  readonly energyPj: number;
  readonly utilization: number;
  readonly energyByComponentPj: Readonly<Record<string, number>>;
  /** What executing it found, where it was executed. */
  readonly execution?: LayerExecution;
}

export function readReport(data: PageData): Report {
  const { summary, columns } = data;
  const points = data.points.map((point, index) => unpackPoint(point, index, data));
  const units = unitsOver(summary.metrics, points, summary.derived);
  return {
    summary,
    columns,
    points,
    byId: new Map(points.map((point) => [point.id, point])),
    kneeIds: new Set(summary.groups.flatMap(({ knee }) => knee?.id ?? [])),
    units,
    show: (metric, value) => formatIn(units.get(metric) ?? unitFor(metric, []), value),
  };
}

/** Text of a point's option for display. */
export function optionText(point: Pick<Point, 'options'>, key: string): string {
  return key in point.options ? valueText(point.options[key]) : '–';
}

function unpackPoint(packed: PagePoint, index: number, data: PageData): Point {
  const { columns, energyNames, summary } = data;
  const options: Record<string, JsonValue> = {};
  for (const [i, { key, values }] of columns.entries()) {
    const value = values[packed.options[i] ?? -1];
    if (value !== undefined) options[key] = value;
  }
  const metrics: Record<string, number | undefined> = {};
  for (const [i, metric] of summary.metrics.entries()) metrics[metric] = packed.metrics[i] ?? undefined;
  return {
    ...packed,
    index,
    label: pointLabel(options, columns),
    options,
    metrics,
    energyByName: () =>
      Object.fromEntries(
        energyNames.flatMap((name, i) => ((packed.energies[i] ?? 0) === 0 ? [] : [[name, packed.energies[i] ?? 0]])),
      ),
    budgets: (packed.budgets ?? []).flatMap((at) => summary.provenance.budgets[at] ?? []),
    notCosted: notCostedText(summary.provenance.notCosted[packed.notCosted ?? -1] ?? {}),
    hasLayers: packed.layers !== undefined,
    layers: () =>
      packed.layers?.map((row, i) => {
        const execution = readExecution(packed.executions?.[i], data.executions);
        const layer = unpackLayer(data.layers.rows[row] ?? [], data.layers);
        return execution === undefined ? layer : { ...layer, execution };
      }),
  };
}

function unpackLayer(row: readonly number[], { strings, components, mappings }: PageData['layers']): Layer {
  const text = (field: number): string => strings[row[field] ?? -1] ?? '';
  const levels = (field: number): string =>
    (mappings[row[field] ?? -1] ?? []).map((level) => strings[level] ?? '').join(LEVEL_SEPARATOR);
  return {
    name: text(0),
    block: text(1),
    role: text(2),
    phase: text(3),
    mapping: levels(4),
    tiles: levels(10),
    notes: text(5),
    macs: row[6] ?? 0,
    cycles: row[7] ?? 0,
    energyPj: row[8] ?? 0,
    utilization: row[9] ?? 0,
    energyByComponentPj: Object.fromEntries(components.map((name, i) => [name, row[LAYER_FIELDS + i] ?? 0])),
  };
}
