import type { JsonValue, TrainingBudget } from '@archon-dse/core';
import { pointLabel, valueText } from '../../option-columns.js';
import { LAYER_FIELDS, MAPPING_SEPARATOR, type PageData, type PagePoint } from '../../render/page-data.js';

/** The embedded data with its indices resolved. */
export interface Report extends Pick<PageData, 'summary' | 'columns'> {
  readonly points: readonly Point[];
  readonly byId: ReadonlyMap<string, Point>;
  readonly kneeIds: ReadonlySet<string>;
}

export interface Point extends Omit<PagePoint, 'options' | 'metrics' | 'energies' | 'layers' | 'budgets'> {
  readonly label: string;
  readonly options: Readonly<Record<string, JsonValue>>;
  readonly metrics: Readonly<Record<string, number | undefined>>;
  readonly energyByName: Readonly<Record<string, number>>;
  readonly budgets: readonly TrainingBudget[];
  /** Undefined when the page does not hold this point's layers. */
  readonly layers: () => readonly Layer[] | undefined;
}

export interface Layer {
  readonly name: string;
  readonly block: string;
  readonly role: string;
  readonly phase: string;
  readonly mapping: string;
  readonly notes: string;
  readonly macs: number;
  readonly cycles: number;
  readonly energyPj: number;
  readonly utilization: number;
  readonly energyByComponentPj: Readonly<Record<string, number>>;
}

export function readReport(data: PageData): Report {
  const { summary, columns } = data;
  const points = data.points.map((point) => unpackPoint(point, data));
  return {
    summary,
    columns,
    points,
    byId: new Map(points.map((point) => [point.id, point])),
    kneeIds: new Set(summary.groups.flatMap(({ knee }) => knee?.id ?? [])),
  };
}

/** Text of a point's option for display. */
export function optionText(point: Point, key: string): string {
  return key in point.options ? valueText(point.options[key]) : '–';
}

/** Ratio of the largest to the smallest value from which an axis starts out logarithmic. */
const DECADES = 30;

/** Whether a metric's feasible values are positive and lie so far apart that a logarithmic axis shows them better. */
export function spansDecades({ points }: Report, metric: string): boolean {
  const values = points.flatMap(({ rank, metrics }) => (rank === undefined ? [] : (metrics[metric] ?? [])));
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  return low > 0 && values.some((value) => value > DECADES * low);
}

function unpackPoint(packed: PagePoint, data: PageData): Point {
  const { columns, energyNames, summary } = data;
  const options = Object.fromEntries(
    columns.flatMap(({ key, values }, i) => {
      const value = values[packed.options[i] ?? -1];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  return {
    ...packed,
    label: pointLabel(options, columns),
    options,
    metrics: Object.fromEntries(summary.metrics.map((metric, i) => [metric, packed.metrics[i] ?? undefined])),
    energyByName: Object.fromEntries(
      energyNames.flatMap((name, i) => ((packed.energies[i] ?? 0) === 0 ? [] : [[name, packed.energies[i] ?? 0]])),
    ),
    budgets: (packed.budgets ?? []).flatMap((index) => summary.provenance.budgets[index] ?? []),
    layers: () => packed.layers?.map((row) => unpackLayer(data.layers.rows[row] ?? [], data.layers)),
  };
}

function unpackLayer(row: readonly number[], { strings, components, mappings }: PageData['layers']): Layer {
  const text = (field: number): string => strings[row[field] ?? -1] ?? '';
  const levels = mappings[row[4] ?? -1] ?? [];
  return {
    name: text(0),
    block: text(1),
    role: text(2),
    phase: text(3),
    mapping: levels.map((level) => strings[level] ?? '').join(MAPPING_SEPARATOR),
    notes: text(5),
    macs: row[6] ?? 0,
    cycles: row[7] ?? 0,
    energyPj: row[8] ?? 0,
    utilization: row[9] ?? 0,
    energyByComponentPj: Object.fromEntries(components.map((name, i) => [name, row[LAYER_FIELDS + i] ?? 0])),
  };
}
